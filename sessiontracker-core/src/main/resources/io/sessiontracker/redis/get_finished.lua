-- Reads the finished session and touches it.
-- KEYS: running, finished, the finished ones' index
-- Reply: {DONE, now, value}, {ALREADY_RESUMED} or {NOT_FOUND}

local now = time()
local finished = live(KEYS[2])
if finished then
    local value = redis.call('GET', KEYS[2])
    touch(KEYS[2], finished, 3, now)
    return { DONE, now, value }
end
return { live(KEYS[1]) and ALREADY_RESUMED or NOT_FOUND }
