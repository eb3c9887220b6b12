-- Touches the running session.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3]
-- Reply: DONE, after DUE and the deadline if that is touched; ALREADY_FINISHED or NOT_FOUND
-- @include lib/load_session
-- @include lib/touch_ttl

local running = load_session(RUNNING)
if running then
    return touch(RUNNING, running, RUNNING_INDEX) .. DONE
end
return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
