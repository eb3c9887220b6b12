-- Expired sessions awaiting delivery. Each key has a hash of them: id -> deadline (6 bytes), until when it is claimed (6), when
-- it was set aside in microseconds (7), how often it was claimed (1), and the stored session. A sorted set of the bucket has the
-- keys awaiting delivery, scored by when one of their sessions may be claimed.
-- @include lib/unindex

local EXPIRED, EXPIRED_SIZE, GENERATIONS = '>I6I6I7I1', 20, 16

-- A key that is removed by itself, but not before that.
local function keep_until(key, moment, now)
    if call('PTTL', key) < moment - now then
        call('PEXPIREAT', key, text(moment))
    end
end

-- Those that are not kept any more go first, all of them; else the oldest.
local function make_room(expired, now)
    local oldest, oldest_since
    local all, is_full = call('HGETALL', expired), true
    for i = 1, #all, 2 do
        local deadline, _, since = struct.unpack(EXPIRED, all[i + 1])
        if deadline + struct.unpack('>I6', all[i + 1], EXPIRED_SIZE + RETENTION) <= now then
            call('HDEL', expired, all[i])
            is_full = false
        elseif not oldest or since < oldest_since then
            oldest, oldest_since = all[i], since
        end
    end
    if is_full then
        call('HDEL', expired, oldest)
    end
end

-- Takes a session that is due out of the way, and keeps it for as long as it is to be kept. The only
-- one of its key is claimed at once if a lease is given: then returns its deadline and the session.
local function set_aside(index, key, raw, expired, awaiting, leased_until)
    local clock = call('TIME')
    local micros = clock[1] * 1000000 + clock[2]
    local now = math.floor(micros / 1000)
    local member = unindex(index, key, raw)
    local deadline, sliding, _, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if sliding > 0 then
        -- Before Redis 7.2 the clock goes on while a script runs.
        local left = now + call('PTTL', key) - retention
        deadline = math.abs(left - deadline) <= 2 and deadline or left
    end
    if deadline + retention <= now then
        call('DEL', key)
        return nil
    end
    local others, value = call('HLEN', expired), call('GET', key)
    if others == GENERATIONS then
        make_room(expired, now)
    end
    local is_claimed = leased_until and others == 0
    call('HSET', expired, sub(raw, ID, VERSION - 1),
        struct.pack(EXPIRED, deadline, is_claimed and leased_until or 0, micros, is_claimed and 1 or 0) .. value)
    call('ZADD', awaiting, is_claimed and text(leased_until) or '0', sub(member, 7))
    keep_until(expired, deadline + retention, now)
    keep_until(awaiting, deadline + retention, now)
    call('DEL', key)
    if is_claimed then
        return deadline, value
    end
end
