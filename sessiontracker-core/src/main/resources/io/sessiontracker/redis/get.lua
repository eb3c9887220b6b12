-- Reads the running session.
-- KEYS: running, finished
-- ARGV: whether to touch it (1 or 0)
-- Reply: {DONE, value}, {ALREADY_FINISHED} or {NOT_FOUND}

local now = time()
local running = live(KEYS[1])
if running then
    local value = redis.call('GET', KEYS[1])
    if ARGV[1] == '1' then
        touch(KEYS[1], running, now)
    end
    return { DONE, value }
end
return { live(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND }
