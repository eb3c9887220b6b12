-- Reads the running session.
-- KEYS: running, finished
-- Reply: value, ALREADY_FINISHED or NOT_FOUND
-- @include lib/session

local value = call('GET', KEYS[1])
if value and lives(KEYS[1], value) then
    return value
end
-- @include lib/load_session

return load_session(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND
