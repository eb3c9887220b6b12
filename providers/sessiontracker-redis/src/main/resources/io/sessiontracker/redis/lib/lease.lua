-- What the scripts of a lock share. A lock is a string: its holder's id, and behind it a mark once somebody waits for it. Its
-- TTL is the lease. All ids are as long, and none has the mark in it. So the mark goes with the lock, whichever way that goes.

local MARK = '+'

local function is_marked(held)
    return string.sub(held, -1) == MARK
end

local function is_held_by(id, held)
    return held and string.sub(held, 1, #id) == id
end

-- The mark of those who wait is kept when a driver re-sends a call that had its effect.
local function take(lock, held, id, lease, others_wait)
    local marked = others_wait == '1' or (held and is_marked(held))
    redis.call('SET', lock, marked and id .. MARK or id, 'PX', lease)
end

-- Returns what is left of the other's lease, in decimals.
local function refuse(lock, held, waits)
    if waits == '1' and not is_marked(held) then
        redis.call('APPEND', lock, MARK)
    end
    return string.format('%d', redis.call('PTTL', lock))
end

-- Wakes waiters, if there are any.
local function free(lock, held, channel)
    redis.call('DEL', lock)
    if is_marked(held) then
        redis.call('PUBLISH', channel, lock)
    end
end
