package io.sessiontracker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A script of this package. Unlike Spring's own implementation it takes no lock to tell its digest, as it never changes.
 *
 * @param name the resource's name without {@code .lua}
 * @param text the script with what it includes
 * @param sha1 the text's digest, by which the server knows the script
 */
record LuaScript(String name, String text, String sha1) implements RedisScript<byte[]> {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^-- @include (\\w+)\n");

    static final LuaScript START = load("start");
    static final LuaScript GET = load("get");
    static final LuaScript PEEK = load("peek");
    static final LuaScript GET_FINISHED = load("get_finished");
    static final LuaScript TOUCH = load("touch");
    static final LuaScript UPDATE = load("update");
    static final LuaScript FINISH = load("finish");
    static final LuaScript RESUME = load("resume");
    static final LuaScript DELETE = load("delete");

    static final LuaScript PAGE = load("page");
    static final LuaScript READ = load("read");
    static final LuaScript DUE = load("due");
    static final LuaScript TIDY = load("tidy");
    static final LuaScript CLAIM = load("claim");
    static final LuaScript TOLD = load("told");
    static final LuaScript SHARE = load("share");

    static final LuaScript LOCK = load("lock");
    static final LuaScript LOCK_GET = load("lock_get");
    static final LuaScript EXTEND = load("extend");
    static final LuaScript UNLOCK = load("unlock");
    static final LuaScript LOOK = load("look");

    private static LuaScript load(String name) {
        String text = withIncludes(name, new HashSet<>());
        return new LuaScript(name, text, DigestUtils.sha1DigestAsHex(text));
    }

    /**
     * The server runs all of a script's text at every call, up to where that returns. So a script says itself what it is built
     * on, and where it needs that: a line {@code -- @include name} stands for that file, the first time that one is named.
     */
    private static String withIncludes(String name, Set<String> included) {
        return included.add(name)
                ? INCLUDE.matcher(read(name))
                        .replaceAll(line -> Matcher.quoteReplacement(withIncludes(line.group(1), included)))
                : "";
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
    public Class<byte[]> getResultType() {
        return byte[].class;
    }
}
