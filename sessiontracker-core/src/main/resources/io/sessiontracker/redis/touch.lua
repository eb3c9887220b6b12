-- Touches the running session.
-- KEYS: running, finished, the running ones' index
-- Reply: {DONE, now}, {ALREADY_FINISHED} or {NOT_FOUND}

local now = time()
local running = live(KEYS[1])
if running then
    touch(KEYS[1], running, 3, now)
    return { DONE, now }
end
return { live(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND }
