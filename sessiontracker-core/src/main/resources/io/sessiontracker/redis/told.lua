-- Ends claims.
-- KEYS: what is untold, for each claim the shelf
-- ARGV: for each claim: id, the session's key
-- Reply: empty

for i = 2, #KEYS do
    redis.call('HDEL', KEYS[i], ARGV[2 * i - 3])
    if redis.call('HLEN', KEYS[i]) == 0 then
        redis.call('ZREM', KEYS[1], ARGV[2 * i - 2])
    end
end
return ''
