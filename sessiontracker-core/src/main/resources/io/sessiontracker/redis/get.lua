-- Reads the running session.
-- KEYS: running, finished; if it is to be touched, the running ones' index
-- ARGV: whether to touch it (1 or 0)
-- Reply: {DONE, now, value}, {ALREADY_FINISHED} or {NOT_FOUND}

local now = time()
local running = live(KEYS[1])
if running then
    local value = redis.call('GET', KEYS[1])
    if ARGV[1] == '1' then
        touch(KEYS[1], running, 3, now)
    end
    return { DONE, now, value }
end
return { live(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND }
