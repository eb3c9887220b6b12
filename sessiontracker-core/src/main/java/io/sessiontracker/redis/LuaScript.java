package io.sessiontracker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A script of this package. Unlike Spring's own implementation it takes no lock to tell its digest, as it never changes.
 *
 * @param name the resource's name without {@code .lua}
 * @param text what the script is built on, and the script
 * @param sha1 the text's digest, by which the server knows the script
 */
record LuaScript(String name, String text, String sha1) implements RedisScript<List<Object>> {

    static final LuaScript START = load("start", "index", "shelf");
    static final LuaScript GET = load("get");
    static final LuaScript GET_FINISHED = load("get_finished");
    static final LuaScript TOUCH = load("touch");
    static final LuaScript UPDATE = load("update", "index");
    static final LuaScript FINISH = load("finish", "index");
    static final LuaScript RESUME = load("resume", "index", "shelf");
    static final LuaScript DELETE = load("delete", "index");

    static final LuaScript PAGE = load("page");
    static final LuaScript READ = load("read");
    static final LuaScript DUE = load("due");
    static final LuaScript TIDY = load("tidy", "index", "tend");
    static final LuaScript CLAIM = load("claim", "index", "shelf", "tend");
    static final LuaScript TOLD = load("told");
    static final LuaScript SHARE = load("share");

    static final LuaScript LOCK = join("lock", "lease");
    static final LuaScript LOCK_GET = load("lock_get", "lease");
    static final LuaScript EXTEND = join("extend", "lease");
    static final LuaScript UNLOCK = join("unlock", "lease");

    /** The server runs all of a script's text at every call, so each has only what it needs. */
    private static LuaScript load(String name, String... parts) {
        return join(name, Stream.concat(Stream.of("prelude"), Stream.of(parts)).toArray(String[]::new));
    }

    private static LuaScript join(String name, String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(read(part));
        }
        String whole = text.append(read(name)).toString();
        return new LuaScript(name, whole, DigestUtils.sha1DigestAsHex(whole));
    }

    private static String read(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream(name + ".lua")) {
            if (resource == null) {
                throw new IllegalStateException("The resource " + name + ".lua is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getSha1() {
        return sha1;
    }

    @Override
    public String getScriptAsString() {
        return text;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<List<Object>> getResultType() {
        return (Class<List<Object>>) (Class<?>) List.class;
    }
}
