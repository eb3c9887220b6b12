-- Reads and touches the finished session.
-- KEYS: RUNNING, FINISHED, FINISHED_INDEX[3]
-- Reply: value, ALREADY_RESUMED or NOT_FOUND
-- @include lib/touch_ttl

local value = call('GET', FINISHED)
if value and lives(FINISHED, value) then
    touch(FINISHED, value, FINISHED_INDEX)
    return value
end
-- @include lib/load_session

return load_session(RUNNING) and ALREADY_RESUMED or NOT_FOUND
