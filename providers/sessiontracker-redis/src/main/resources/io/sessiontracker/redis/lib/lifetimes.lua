-- Shared by the scripts that give a session lifetimes, or need its deadline.
-- @include lib/session

-- Parts of the argument that has lifetimes.
-- @define ABSOLUTE '>I6I6'
-- @define ARGUMENT_ABSOLUTE_AT 7
-- @define ARGUMENT_SLIDING 13
-- Where a header's lifetimes begin, as SETRANGE counts.
-- @define ABSOLUTE_AT_OFFSET '9'

-- Returns lifetimes as a header has them, of the argument: absolute (counted from the given time), absolute at, sliding,
-- tolerance, retention.
local function lifetimes_from(argument, from)
    local absolute, absolute_at = struct.unpack(ABSOLUTE, argument)
    if absolute == 0 or absolute_at > 0 then
        return sub(argument, ARGUMENT_ABSOLUTE_AT)
    end
    return bytes(from + absolute) .. sub(argument, ARGUMENT_SLIDING)
end

-- Returns the deadline of a session that is touched now, when its data are gone then, and when they are at the latest if it is
-- never written again; all 0 for never.
local function deadline_of(raw, now)
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if absolute_at == 0 and sliding == 0 then
        return 0, 0, 0
    end
    local deadline = absolute_at
    if sliding > 0 and (absolute_at == 0 or now + sliding + tolerance < absolute_at) then
        deadline = now + sliding + tolerance
    end
    return deadline, deadline + retention, math.max(absolute_at, deadline) + retention
end
