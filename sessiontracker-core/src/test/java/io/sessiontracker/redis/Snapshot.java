package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.data.redis.core.script.DigestUtils;

/**
 * All that a namespace has on one server at one moment. Text here is bytes as ISO 8859-1.
 *
 * @param now the server's time when all was read; before Redis 7 it goes on while a script runs
 * @param keys by name
 */
record Snapshot(long now, Map<String, Stored> keys) {

    private static final String SCRIPT = """
            local function millis()
                local time = redis.call('TIME')
                return time[1] * 1000 + math.floor(time[2] / 1000)
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
                reply[#reply + 1] = { key, redis.call('PTTL', key), content }
                looked[#looked + 1] = millis()
            end
            reply[1] = millis()
            for i = 2, #reply do
                if reply[i][2] > 0 then
                    reply[i][2] = math.max(0, reply[i][2] - (reply[1] - looked[i]))
                end
            end
            return reply
            """;

    static Snapshot of(Store store) {
        LuaScript script = new LuaScript("snapshot", SCRIPT, DigestUtils.sha1DigestAsHex(SCRIPT));
        List<byte[]> pattern = List.of((store.namespace + ":*").getBytes(StandardCharsets.UTF_8));
        return store.run(new RedisOperation<>(script, "all", List.of(), pattern, Snapshot::decode));
    }

    private static Snapshot decode(List<Object> reply) {
        Map<String, Stored> keys = new TreeMap<>();
        for (Object key : reply.subList(1, reply.size())) {
            List<?> parts = (List<?>) key;
            List<String> content =
                    ((List<?>) parts.get(2)).stream().map(Snapshot::text).toList();
            keys.put(text(parts.get(0)), new Stored((Long) parts.get(1), content));
        }
        return new Snapshot((Long) reply.get(0), keys);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }

    /** A key's TTL from then on, -1 for none, and what it has: a string's value, or members and scores, or fields and values. */
    record Stored(long ttl, List<String> content) {

        /** Members and scores, or fields and values. */
        Map<String, String> pairs() {
            Map<String, String> pairs = new TreeMap<>();
            for (int i = 0; i < content.size(); i += 2) {
                pairs.put(content.get(i), content.get(i + 1));
            }
            return pairs;
        }
    }
}
