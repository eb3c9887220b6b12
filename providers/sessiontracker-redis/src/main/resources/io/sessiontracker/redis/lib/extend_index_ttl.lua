-- @include lib/session
-- @include lib/time

-- Lets an index outlive a session that only touches keep alive. The index's three keys share a TTL, and get half as much again, so
-- that the next calls need not extend it.
local function extend_index_ttl(index, millis)
    local left = call('PTTL', KEYS[index + 1])
    if left >= 0 and left < millis then
        -- The same moment for all three: before Redis 7 the clock goes on while a script runs.
        local ends_at = text(time() + 1.5 * millis)
        for i = index, index + 2 do
            call('PEXPIREAT', KEYS[i], ends_at)
        end
    end
end
