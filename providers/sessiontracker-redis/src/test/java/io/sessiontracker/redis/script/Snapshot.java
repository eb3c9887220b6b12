package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import io.sessiontracker.spi.StoredSession;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * All that a namespace has on one server at one moment. Text here is bytes as ISO 8859-1.
 *
 * @param now the server's time when all was read; before Redis 7.2 it goes on while a script runs
 * @param keys by name
 */
public record Snapshot(long now, Map<String, Stored> keys) {

    private static final String SCRIPT = """
            local function millis()
                local time = redis.call('TIME')
                return time[1] * 1000 + math.floor(time[2] / 1000)
            end
            -- A stall between the two would make the TTL look longer than it is.
            local function ttl_and_time(key)
                local before, ttl, after
                repeat
                    before, ttl, after = millis(), redis.call('PTTL', key), millis()
                until before == after
                return ttl, after
            end
            local reply, looked = { 0 }, { 0 }
            for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
                local type = redis.call('TYPE', key).ok
                local content
                if type == 'string' then
                    content = { redis.call('GET', key) }
                elseif type == 'hash' then
                    content = redis.call('HGETALL', key)
                else
                    content = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
                end
                local ttl, time = ttl_and_time(key)
                reply[#reply + 1] = { key, ttl, content }
                looked[#looked + 1] = time
            end
            reply[1] = millis()
            for i = 2, #reply do
                if reply[i][2] > 0 then
                    reply[i][2] = math.max(0, reply[i][2] - (reply[1] - looked[i]))
                end
            end
            local flat = { reply[1] }
            for i = 2, #reply do
                local key, ttl, content = unpack(reply[i])
                for _, each in ipairs({ key, ttl, #content }) do
                    flat[#flat + 1] = each
                end
                for _, each in ipairs(content) do
                    flat[#flat + 1] = each
                end
            end
            for i, each in ipairs(flat) do
                each = type(each) == 'number' and string.format('%.0f', each) or each
                flat[i] = struct.pack('>I4', #each) .. each
            end
            return table.concat(flat)
            """;

    public static Snapshot of(StoreProbe store) {
        LuaScript script = new LuaScript("snapshot", "look at", SCRIPT, DigestUtils.sha1DigestAsHex(SCRIPT));
        List<byte[]> pattern = List.of((store.namespace + ":*").getBytes(StandardCharsets.UTF_8));
        return store.run(new ScriptCall<>(script, "all", List.of(), pattern, Snapshot::decode));
    }

    /** What keys with that pattern a node has. */
    public static Snapshot of(RedisScriptingCommands<byte[], byte[]> node, String pattern) {
        byte[] script = SCRIPT.getBytes(StandardCharsets.UTF_8);
        byte[] reply =
                node.eval(script, ScriptOutputType.VALUE, new byte[0][], pattern.getBytes(StandardCharsets.UTF_8));
        return decode(reply);
    }

    private static Snapshot decode(byte[] reply) {
        PackedReply packed = new PackedReply(reply);
        long now = packed.nextNumber();
        Map<String, Stored> keys = new TreeMap<>();
        while (packed.hasNext()) {
            String key = text(packed);
            long ttl = packed.nextNumber();
            long size = packed.nextNumber();
            keys.put(
                    key,
                    new Stored(
                            ttl, Stream.generate(() -> text(packed)).limit(size).toList()));
        }
        return new Snapshot(now, keys);
    }

    private static String text(PackedReply packed) {
        return new String(packed.next(), StandardCharsets.ISO_8859_1);
    }

    /** A key's TTL from then on, -1 for none, and what it has: a string's value, or members and scores, or fields and values. */
    public record Stored(long ttl, List<String> content) {

        /** Members and scores, or fields and values. */
        public Map<String, String> pairs() {
            Map<String, String> pairs = new TreeMap<>();
            for (int i = 0; i < content.size(); i += 2) {
                pairs.put(content.get(i), content.get(i + 1));
            }
            return pairs;
        }

        /** Whether the session that this value is has reached its deadline. */
        public boolean isDue() {
            return ttl != -1 && ttl <= StoredFormat.sixBytes(value(), StoredFormat.RETENTION);
        }

        /** The session that this value is. */
        public StoredSession session() {
            return StoredFormat.decode(value());
        }

        private byte[] value() {
            return content.get(0).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
