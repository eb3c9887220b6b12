-- Reads who holds a lock.
-- KEYS: lock
-- Reply: nothing if nobody does, else its value, what is left of the lease
-- @include lib/pack

local held = redis.call('GET', KEYS[1])
return pack(held and { held, redis.call('PTTL', KEYS[1]) } or {})
