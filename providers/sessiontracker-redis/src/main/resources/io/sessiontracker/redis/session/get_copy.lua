-- Reads the running session for a copy in a process's memory, unless the process has it.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3]
-- ARGV: id, version and last write of the copy that the caller has, or nothing; whether to touch the session (1 or 0)
-- Reply: DUE, deadline, COPY, for how many milliseconds the copy can be used if no change is announced, for how many by calls that touch the session (6
--        bytes each), value unless the caller has it; ALREADY_FINISHED or NOT_FOUND
-- @include lib/touch_ttl
-- @include lib/due

-- For a session that never expires.
-- @define FOREVER 140737488355327

local value = call('GET', RUNNING)
if value and lives(RUNNING, value) then
    local is_touched = ARGV[2] == '1'
    local prefix = is_touched and touch(RUNNING, value, RUNNING_INDEX) or ''
    if prefix == '' then
        prefix = due(RUNNING, value)
    end
    local left, untouched = 0, 0
    local kind = string.byte(value, FIELDS)
    if kind == ANNOUNCED or kind == ANNOUNCED_UNINDEXED then
        local _, sliding, tolerance, retention = struct.unpack(LIFETIMES, value, ABSOLUTE_AT)
        left = call('PTTL', RUNNING)
        left = left == -1 and FOREVER or math.max(0, left - retention)
        untouched = sliding == 0 and left or is_touched and tolerance or 0
    end
    local is_same = sub(value, ID, WRITTEN_BY + NUMBER_SIZE - 1) == ARGV[1]
    return prefix .. COPY .. bytes(left) .. bytes(untouched) .. (is_same and '' or value)
end
-- @include lib/load_session

return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
