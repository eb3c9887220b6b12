package io.sessiontracker.redis.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A script of this package. Unlike Spring's own implementation it takes no lock to tell its digest, as it never changes.
 *
 * @param name the resource's name without {@code .lua}
 * @param activity what it does with its subject, in the words of a message
 * @param text the script with what it includes
 * @param sha1 the text's digest, by which the server knows the script
 */
public record LuaScript(String name, String activity, String text, String sha1) implements RedisScript<byte[]> {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^-- @include ([\\w/]+)\n");
    private static final Pattern DEFINE = Pattern.compile("(?m)^-- @define (\\w+) (.+)\n");

    static final LuaScript START = load("session/start", "start");
    static final LuaScript GET = load("session/get", "get");
    static final LuaScript PEEK = load("session/peek", "peek at");
    static final LuaScript GET_FINISHED = load("session/get_finished", "get the finished");
    static final LuaScript TOUCH = load("session/touch", "refresh");
    static final LuaScript UPDATE = load("session/update", "update");
    static final LuaScript FINISH = load("session/finish", "finish");
    static final LuaScript RESUME = load("session/resume", "resume");
    static final LuaScript DELETE = load("session/delete", "delete");

    static final LuaScript SCAN_BUCKET = load("index/scan_bucket", "look for sessions in");
    static final LuaScript READ = load("session/read", "read sessions of");
    static final LuaScript DUE_SETS = load("index/due_sets", "look for expired sessions from");
    static final LuaScript DUE = load("index/due", "look for expired sessions in");
    static final LuaScript REPAIR_INDEX = load("index/repair_index", "repair the index of");
    static final LuaScript REBUILD_INDEX = load("index/rebuild_index", "repair the index of");
    static final LuaScript REBUILD_ENTRIES = load("index/rebuild_entries", "repair the index of");
    static final LuaScript CLAIM = load("expiration/claim", "claim expired sessions of");
    static final LuaScript ACK_EXPIRED = load("expiration/ack_expired", "end the claim of");
    static final LuaScript CLAIM_PARTITIONS = load("expiration/claim_partitions", "share the repair of");

    static final LuaScript LOCK = load("lock/lock", "lock");
    static final LuaScript LOCK_GET = load("lock/lock_get", "lock and get");
    static final LuaScript EXTEND = load("lock/extend", "extend the lock of");
    static final LuaScript UNLOCK = load("lock/unlock", "release the lock of");
    static final LuaScript LOCK_INFO = load("lock/lock_info", "look at the lock of");
    static final LuaScript LOCK_PROVIDER = load("lock/lock_provider", "record the lock provider");

    private static LuaScript load(String name, String activity) {
        String text = withValues(withIncludes(name, new HashSet<>()));
        return new LuaScript(name, activity, text, DigestUtils.sha1DigestAsHex(text));
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

    /** With the value in place of each name that a line {@code -- @define name value} gives it, which costs a call nothing. */
    private static String withValues(String text) {
        String replaced = DEFINE.matcher(text).replaceAll("");
        for (MatchResult define : DEFINE.matcher(text).results().toList()) {
            replaced = replaced.replaceAll("\\b" + define.group(1) + "\\b", Matcher.quoteReplacement(define.group(2)));
        }
        return replaced;
    }

    private static String read(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream("/io/sessiontracker/redis/" + name + ".lua")) {
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
