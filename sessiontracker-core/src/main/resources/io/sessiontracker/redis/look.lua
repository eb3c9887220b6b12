-- Who holds a lock.
-- KEYS: lock
-- Reply: {} if nobody does, else {its value, what is left of the lease}

local held = redis.call('GET', KEYS[1])
return held and { held, redis.call('PTTL', KEYS[1]) } or {}
