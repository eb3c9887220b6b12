-- Ends a claim.
-- KEYS: shelf, what is untold
-- ARGV: id, the session's key
-- Reply: nothing

redis.call('HDEL', KEYS[1], ARGV[1])
if redis.call('HLEN', KEYS[1]) == 0 then
    redis.call('ZREM', KEYS[2], ARGV[2])
end
return {}
