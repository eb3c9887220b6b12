-- Shared by the scripts of locks. A lock is a string: its holder's id, followed by AWAITED once another waits for it. Its TTL is
-- the lease. All ids have one length, and none contains AWAITED. So that goes with the lock, however the lock ends.

-- @define AWAITED '+'
-- What a reply to an attempt begins with. LockAttempt.java knows both.
-- @define LOCKED '\135'
-- @define GRANTED '\139'

local function is_awaited(held)
    return string.sub(held, -1) == AWAITED
end

local function is_held_by(id, held)
    return held and string.sub(held, 1, #id) == id
end

-- AWAITED is kept when a driver re-sends a call that had its effect; the token that it returns is a greater one then.
local function take(lock, last_token, held, id, lease, others_wait)
    local awaited = others_wait == '1' or (held and is_awaited(held))
    redis.call('SET', lock, awaited and id .. AWAITED or id, 'PX', lease)
    return GRANTED .. next_token(last_token)
end

-- Returns LOCKED and what is left of the other holder's lease, in decimals.
local function refuse(lock, held, waits)
    if waits == '1' and not is_awaited(held) then
        redis.call('APPEND', lock, AWAITED)
    end
    return LOCKED .. string.format('%d', redis.call('PTTL', lock))
end

-- Releases the lock and wakes waiters, if there are any.
local function release(lock, held, channel)
    redis.call('DEL', lock)
    if is_awaited(held) then
        redis.call('PUBLISH', channel, lock)
    end
end
