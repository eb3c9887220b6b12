-- Reads and touches the running session.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3]
-- Reply: value, after DUE and the deadline if that is touched; ALREADY_FINISHED or NOT_FOUND
-- @include lib/touch_ttl

local value = call('GET', RUNNING)
if value and lives(RUNNING, value) then
    return touch(RUNNING, value, RUNNING_INDEX) .. value
end
-- @include lib/load_session

return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
