-- Expired sessions awaiting delivery. Each key has a hash of them: id -> deadline (6 bytes), end of the claim's lease (6), when the
-- session was set aside in microseconds (7), how often it was claimed (1), and the stored session. A sorted set of the bucket has
-- the keys awaiting delivery, scored by when one of their sessions may be claimed.
-- @include lib/unindex
-- @include lib/keep_until

-- @define EXPIRED_RECORD '>I6I6I7I1'
-- @define EXPIRED_RECORD_SIZE 20
-- @define GENERATIONS 16

-- Removes all generations whose retention is over, or else the oldest.
local function make_room(expired, now)
    local oldest, oldest_since
    local all, is_full = call('HGETALL', expired), true
    for i = 1, #all, 2 do
        local deadline, _, since = struct.unpack(EXPIRED_RECORD, all[i + 1])
        if deadline + struct.unpack(NUMBER, all[i + 1], EXPIRED_RECORD_SIZE + RETENTION) <= now then
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

-- Moves an expired session from the running ones to those awaiting delivery, for its retention. If a lease is given, and no other
-- generation of its key waits, claims it at once: then returns its deadline and the session.
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
        struct.pack(EXPIRED_RECORD, deadline, is_claimed and leased_until or 0, micros, is_claimed and 1 or 0) .. value)
    call('ZADD', awaiting, is_claimed and text(leased_until) or '0', sub(member, MEMBER_KEY))
    keep_until(expired, deadline + retention, now)
    keep_until(awaiting, deadline + retention, now)
    call('DEL', key)
    if is_claimed then
        return deadline, value
    end
end
