-- Reads the running session without touching it.
-- KEYS: RUNNING, FINISHED
-- Reply: value, ALREADY_FINISHED or NOT_FOUND
-- @include lib/session

local value = call('GET', RUNNING)
if value and lives(RUNNING, value) then
    return value
end
-- @include lib/load_session

return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
