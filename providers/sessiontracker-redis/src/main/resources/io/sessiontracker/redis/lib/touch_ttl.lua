-- Shared by the scripts that touch a session.
-- @include lib/extend_index_ttl
-- @include lib/time

-- Gives a session's key the TTL that a touch now gives it. Before Redis 7 a replica counts PEXPIRE from when it receives it.
local function touch(key, raw, index)
    if sub(raw, SLIDING, TOLERANCE - 1) == NONE then
        return
    end
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    sliding = sliding + tolerance
    if absolute_at > 0 then
        call('PEXPIREAT', key, text(math.min(time() + sliding, absolute_at) + retention))
    else
        call('PEXPIRE', key, text(sliding + retention))
        if string.byte(raw, FIELDS) < ANNOUNCED_UNINDEXED then
            extend_index_ttl(index, sliding + retention)
        end
    end
end
