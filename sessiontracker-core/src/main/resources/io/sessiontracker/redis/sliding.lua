-- What the scripts share that touch a session.
-- @include session
-- @include time

-- Only where nothing but touches limits a session's life its index must keep up: the three keys from KEYS[index] on. These
-- share a TTL, and get half as much again, so that the next calls need not.
local function keep_index(index, millis)
    local left = call('PTTL', KEYS[index + 1])
    if left >= 0 and left < millis then
        for i = index, index + 2 do
            call('PEXPIRE', KEYS[i], text(1.5 * millis))
        end
    end
end

-- Gives a key with that session's header the TTL that it has when it is touched now.
local function touch(key, raw, index)
    if sub(raw, 32, 37) == NONE then
        return
    end
    local absolute_at, sliding, retention = lifetimes_of(raw)
    if absolute_at > 0 then
        call('PEXPIREAT', key, text(math.min(time() + sliding, absolute_at) + retention))
    else
        call('PEXPIRE', key, text(sliding + retention))
        keep_index(index, sliding + retention)
    end
end
