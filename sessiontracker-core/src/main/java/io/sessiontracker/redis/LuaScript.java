package io.sessiontracker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A script of this package. Unlike Spring's own implementation it takes no lock to tell its digest, as it never changes.
 *
 * @param name the resource's name without {@code .lua}
 * @param text the prelude and the script
 * @param sha1 the text's digest, by which the server knows the script
 */
record LuaScript(String name, String text, String sha1) implements RedisScript<List<Object>> {

    static final LuaScript START = load("start");
    static final LuaScript GET = load("get");
    static final LuaScript GET_FINISHED = load("get_finished");
    static final LuaScript TOUCH = load("touch");
    static final LuaScript UPDATE = load("update");
    static final LuaScript FINISH = load("finish");
    static final LuaScript RESUME = load("resume");
    static final LuaScript DELETE = load("delete");

    private static LuaScript load(String name) {
        String text = read("prelude") + read(name);
        return new LuaScript(name, text, DigestUtils.sha1DigestAsHex(text));
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
