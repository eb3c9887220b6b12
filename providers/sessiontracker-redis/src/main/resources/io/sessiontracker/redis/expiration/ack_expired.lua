-- Acknowledges deliveries: removes the expired sessions.
-- KEYS: AWAITING, EXPIRED...
-- ARGV: for each claim: id, the session's key
-- Reply: empty

for i = EXPIRED, #KEYS do
    local claim = 2 * (i - EXPIRED) + 1
    redis.call('HDEL', KEYS[i], ARGV[claim])
    if redis.call('HLEN', KEYS[i]) == 0 then
        redis.call('ZREM', AWAITING, ARGV[claim + 1])
    end
end
return ''
