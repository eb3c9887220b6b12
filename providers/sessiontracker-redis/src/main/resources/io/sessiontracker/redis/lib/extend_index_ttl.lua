-- @include lib/session
-- @include lib/time

-- Only where nothing but touches limits a session's life its index must keep up: the three keys from KEYS[index] on. These
-- share a TTL, and get half as much again, so that the next calls need not.
local function extend_index_ttl(index, millis)
    local left = call('PTTL', KEYS[index + 1])
    if left >= 0 and left < millis then
        -- One moment for all three: before Redis 7 the clock goes on while a script runs.
        local ends_at = text(time() + 1.5 * millis)
        for i = index, index + 2 do
            call('PEXPIREAT', KEYS[i], ends_at)
        end
    end
end
