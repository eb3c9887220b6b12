-- @include lib/session
-- @include lib/time

-- Returns when a session is due that is not touched, 0 for never, and its sliding lifetime.
local function expiry_of(key, raw)
    local deadline, sliding, _, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if sliding > 0 then
        -- Before Redis 7.2 the clock goes on while a script runs.
        local left = time() + call('PTTL', key) - retention
        deadline = math.abs(left - deadline) <= 2 and deadline or left
    end
    return deadline, sliding
end

-- Returns what a reply begins with that says when the session is due.
local function due(key, raw)
    return DUE .. bytes((expiry_of(key, raw)))
end
