-- Reads the holder of a lock.
-- KEYS: LOCK
-- Reply: nothing if it is free, else its value, what is left of the lease
-- @include lib/pack

local held = redis.call('GET', LOCK)
return pack(held and { held, redis.call('PTTL', LOCK) } or {})
