-- Acknowledges deliveries: removes what was kept of expired sessions.
-- KEYS: the keys awaiting delivery, for each claim the expired sessions of its key
-- ARGV: for each claim: id, the session's key
-- Reply: empty

for i = 2, #KEYS do
    redis.call('HDEL', KEYS[i], ARGV[2 * i - 3])
    if redis.call('HLEN', KEYS[i]) == 0 then
        redis.call('ZREM', KEYS[1], ARGV[2 * i - 2])
    end
end
return ''
