-- Reads the running session without touching it.
-- KEYS: RUNNING, FINISHED
-- ARGV: id, version and last write of the copy that the caller has, or nothing
-- Reply: value, UNCHANGED, ALREADY_FINISHED or NOT_FOUND
-- @include lib/session

local value = call('GET', RUNNING)
if value and lives(RUNNING, value) then
    if ARGV[1] and sub(value, ID, WRITTEN_BY + NUMBER_SIZE - 1) == ARGV[1] then
        return UNCHANGED
    end
    return value
end
-- @include lib/load_session

return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
