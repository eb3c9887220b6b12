-- @include lib/session
-- @include lib/time

-- Returns when a session is due that is not touched, 0 for never; its sliding lifetime; and its absolute deadline, 0 for none.
local function expiry_of(key, raw)
    local absolute, sliding, _, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if sliding == 0 then
        return absolute, sliding, absolute
    end
    -- Before Redis 7.2 the clock goes on while a script runs.
    local left = time() + call('PTTL', key) - retention
    return math.abs(left - absolute) <= 2 and absolute or left, sliding, absolute
end

-- Returns what a reply begins with that says when the session is due.
local function due(key, raw)
    return DUE .. bytes((expiry_of(key, raw)))
end
