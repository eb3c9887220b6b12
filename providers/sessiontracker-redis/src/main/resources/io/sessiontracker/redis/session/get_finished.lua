-- Reads and touches the finished session.
-- KEYS: running, finished, the finished ones' index
-- Reply: value, ALREADY_RESUMED or NOT_FOUND
-- @include lib/touch_ttl

local value = call('GET', KEYS[2])
if value and lives(KEYS[2], value) then
    touch(KEYS[2], value, 3)
    return value
end
-- @include lib/load_session

return load_session(KEYS[1]) and ALREADY_RESUMED or NOT_FOUND
