package io.sessiontracker.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A Lua script, one file in this package's resources. Unlike in Spring's implementation its digest never changes, so reading it
 * takes no lock.
 *
 * @param name the resource's path below {@code io/sessiontracker/redis}, without {@code .lua}
 * @param activity what it does with its subject, as a message says it
 * @param text the script with its includes
 * @param sha1 the text's digest, by which the server knows the script
 */
public record LuaScript(String name, String activity, String text, String sha1) implements RedisScript<byte[]> {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^-- @include ([\\w/]+)\n");
    private static final Pattern DEFINE = Pattern.compile("(?m)^-- @define (\\w+) (.+)\n");
    private static final Pattern KEYS = Pattern.compile("(?m)^-- KEYS: ([^(\n]+)");
    private static final Pattern KEY = Pattern.compile("([A-Z_]+)(?:\\[(\\d+)]|(\\.\\.\\.))?");

    static final LuaScript START = load("session/start", "start");
    static final LuaScript START_REMINDING = load("session/start_reminding", "start");
    static final LuaScript GET = load("session/get", "get");
    static final LuaScript PEEK = load("session/peek", "read");
    static final LuaScript GET_COPY = load("session/get_copy", "get");
    static final LuaScript GET_FINISHED = load("session/get_finished", "get the finished");
    static final LuaScript TOUCH = load("session/touch", "refresh");
    static final LuaScript EXPIRY = load("session/expiry", "ask for the expiry of");
    static final LuaScript EXPIRE = load("session/expire", "change the lifetimes of");
    static final LuaScript UPDATE = load("session/update", "update");
    static final LuaScript UPDATE_REMINDING = load("session/update_reminding", "update");
    static final LuaScript FINISH = load("session/finish", "finish");
    static final LuaScript RESUME = load("session/resume", "resume");
    static final LuaScript DELETE = load("session/delete", "delete");

    static final LuaScript SCAN_BUCKETS = load("index/scan_buckets", "scan");
    static final LuaScript SCAN_NEWEST = load("index/scan_newest", "scan");
    static final LuaScript COUNT_BUCKETS = load("index/count_buckets", "count the sessions of");
    static final LuaScript READ = load("session/read", "read sessions of");
    static final LuaScript DUE = load("index/due", "look for expired sessions in");
    static final LuaScript REPAIR_INDEX = load("index/repair_index", "repair the index of");
    static final LuaScript REBUILD_INDEX = load("index/rebuild_index", "repair the index of");
    static final LuaScript REBUILD_ENTRIES = load("index/rebuild_entries", "repair the index of");

    static final LuaScript DUE_SETS = load("expiration/due_sets", "look for expired sessions from");
    static final LuaScript CLAIM = load("expiration/claim", "claim expired sessions of");
    static final LuaScript ACK_EXPIRED = load("expiration/ack_expired", "acknowledge the expiration of");
    static final LuaScript CLAIM_REMINDERS = load("expiration/claim_reminders", "claim reminders of");
    static final LuaScript ACK_REMINDERS = load("expiration/ack_reminders", "acknowledge reminders of");
    static final LuaScript CLAIM_PARTITIONS = load("expiration/claim_partitions", "claim partitions of");

    static final LuaScript HEARTBEAT = load("announcement/heartbeat", "publish a heartbeat");

    static final LuaScript LOCK = load("lock/lock", "lock");
    static final LuaScript LOCK_GET = load("lock/lock_get", "lock and get");
    static final LuaScript EXTEND = load("lock/extend", "extend the lock of");
    static final LuaScript UNLOCK = load("lock/unlock", "release the lock of");
    static final LuaScript LOCK_INFO = load("lock/lock_info", "read the lock of");
    static final LuaScript LOCK_PROVIDER = load("lock/lock_provider", "record the lock provider");

    private static final Map<String, LuaScript> OWNED = new ConcurrentHashMap<>();

    private static LuaScript load(String name, String activity) {
        return of(name, activity, withIncludes(name, new HashSet<>()));
    }

    private static LuaScript of(String name, String activity, String source) {
        String text = withValues(source);
        return new LuaScript(name, activity, text, DigestUtils.sha1DigestAsHex(text));
    }

    /** Returns the same script, of the same name, for callers that may use their own sessions only: {@code lib/owner} comes before it. */
    LuaScript owned() {
        return OWNED.computeIfAbsent(name, same -> {
            Set<String> included = new HashSet<>();
            return of(same, activity, withIncludes("lib/owner", included) + withIncludes(same, included));
        });
    }

    /**
     * Puts files in place of the lines {@code -- @include name}, each the first time that it is named. The server runs a script's
     * whole text at every call, up to where it returns: so a script includes a file where it first needs it.
     */
    private static String withIncludes(String name, Set<String> included) {
        return included.add(name)
                ? INCLUDE.matcher(read(name))
                        .replaceAll(line -> Matcher.quoteReplacement(withIncludes(line.group(1), included)))
                : "";
    }

    /** Puts values in place of the names that the script defines, which costs a call nothing. */
    private static String withValues(String text) {
        Map<String, String> values = keys(text);
        DEFINE.matcher(text).results().forEach(define -> values.put(define.group(1), define.group(2)));
        String replaced = DEFINE.matcher(text).replaceAll("");
        for (Map.Entry<String, String> value : values.entrySet()) {
            replaced = replaced.replaceAll("\\b" + value.getKey() + "\\b", Matcher.quoteReplacement(value.getValue()));
        }
        return replaced;
    }

    /**
     * Returns what the names in the head's line {@code -- KEYS: A, B[3], C...} stand for: {@code A} for one key, {@code B} and
     * {@code C} for the position of the first of three, or of any number.
     */
    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new LinkedHashMap<>();
        Matcher head = KEYS.matcher(text);
        int position = 1;
        for (MatchResult key :
                head.find() ? KEY.matcher(head.group(1)).results().toList() : List.<MatchResult>of()) {
            boolean isOne = key.group(2) == null && key.group(3) == null;
            keys.put(key.group(1), isOne ? "KEYS[" + position + "]" : String.valueOf(position));
            position += key.group(2) == null ? 1 : Integer.parseInt(key.group(2));
        }
        return keys;
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
