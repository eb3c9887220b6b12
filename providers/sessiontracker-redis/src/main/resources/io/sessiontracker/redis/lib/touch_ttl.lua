-- What the scripts share that touch a session.
-- @include lib/extend_index_ttl
-- @include lib/time

-- Gives a key with that session's header the TTL that it has when it is touched now. Before Redis 7 a replica counts PEXPIRE
-- from when it hears of it.
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
        extend_index_ttl(index, sliding + retention)
    end
end
