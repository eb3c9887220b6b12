-- Touches the running session.
-- KEYS: running, finished, the running ones' index
-- Reply: DONE, ALREADY_FINISHED or NOT_FOUND
-- @include lib/load_session
-- @include lib/touch_ttl

local running = load_session(KEYS[1])
if running then
    touch(KEYS[1], running, 3)
    return DONE
end
return load_session(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND
