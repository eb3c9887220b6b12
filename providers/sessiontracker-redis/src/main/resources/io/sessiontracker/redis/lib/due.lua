-- @include lib/session
-- @include lib/time

-- Returns what a reply begins with that says when a session is due which is not touched.
local function due(key, raw)
    local deadline, sliding, _, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if sliding > 0 then
        -- Before Redis 7.2 the clock goes on while a script runs.
        local left = time() + call('PTTL', key) - retention
        deadline = math.abs(left - deadline) <= 2 and deadline or left
    end
    return DUE .. bytes(deadline)
end
