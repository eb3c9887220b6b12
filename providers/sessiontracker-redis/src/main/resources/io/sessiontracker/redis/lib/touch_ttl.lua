-- Shared by the scripts that touch a session.
-- @include lib/extend_index_ttl
-- @include lib/time

-- Gives a session's key the TTL that a touch now gives it. Returns what the reply begins with. Before Redis 7 a replica counts PEXPIRE
-- from when it receives it.
local function touch(key, raw, index)
    if sub(raw, SLIDING, TOLERANCE - 1) == NONE then
        return ''
    end
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    local deadline = time() + sliding + tolerance
    if absolute_at > 0 then
        deadline = math.min(deadline, absolute_at)
    elseif string.byte(raw, FIELDS) < ANNOUNCED_UNINDEXED then
        extend_index_ttl(index, sliding + tolerance + retention)
    end
    call('PEXPIREAT', key, text(deadline + retention))
    return DUE .. bytes(deadline)
end
