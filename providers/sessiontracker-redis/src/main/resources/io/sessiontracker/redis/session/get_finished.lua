-- Reads and touches the finished session.
-- KEYS: RUNNING, FINISHED, FINISHED_INDEX[3]
-- Reply: value, after DUE and the deadline if that is touched; ALREADY_RESUMED or NOT_FOUND
-- @include lib/touch_ttl

local value = call('GET', FINISHED)
if value and lives(FINISHED, value) then
    return touch(FINISHED, value, FINISHED_INDEX) .. value
end
-- @include lib/load_session

return load_session(RUNNING) and ALREADY_RESUMED or NOT_FOUND
