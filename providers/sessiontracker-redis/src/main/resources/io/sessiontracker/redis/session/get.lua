-- Reads and touches the running session.
-- KEYS: running, finished, the running ones' index
-- Reply: value, ALREADY_FINISHED or NOT_FOUND
-- @include lib/touch_ttl

local value = call('GET', KEYS[1])
if value and lives(KEYS[1], value) then
    touch(KEYS[1], value, 3)
    return value
end
-- @include lib/load_session

return load_session(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND
