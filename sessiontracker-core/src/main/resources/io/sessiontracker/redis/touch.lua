-- Touches the running session.
-- KEYS: running, finished
-- Reply: {DONE}, {ALREADY_FINISHED} or {NOT_FOUND}

local now = time()
local running = live(KEYS[1])
if running then
    touch(KEYS[1], running, now)
    return { DONE }
end
return { live(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND }
