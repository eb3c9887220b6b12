-- Repairs the index entries of running sessions whose score has passed, sets expired sessions aside, and claims those that
-- are not claimed.
-- KEYS: index of the running sessions, the keys awaiting delivery, for each entry the session and its key's expired sessions
-- ARGV: how long a claim lasts, how many to claim at the most, the entries, each empty if only expired sessions set aside before are meant
-- Reply: for each claimed: which entry's, when it was due, how often it was claimed, value
-- @include lib/pack
-- @include lib/repair_entry
-- @include lib/expired_sessions
-- @include lib/time

local now = time()
local lease, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local awaiting, claimed = KEYS[4], {}

-- Returns until when the session is claimed; nil if its retention is over.
local function claim(entry, expired, id, kept)
    local deadline, leased_until, since, attempts = struct.unpack(EXPIRED, kept)
    local value = sub(kept, EXPIRED_SIZE + 1)
    if deadline + number(value, RETENTION) <= now then -- its retention, as in any format
        call('HDEL', expired, id)
        return nil
    end
    -- An unreadable session is left to releases that can read it.
    if leased_until <= now and #claimed < limit and is_readable(value) then
        leased_until, attempts = now + lease, math.min(attempts + 1, 255)
        call('HSET', expired, id, struct.pack(EXPIRED, deadline, leased_until, since, attempts) .. value)
        claimed[#claimed + 1] = pack({ entry, deadline, attempts, value })
    end
    return leased_until
end

local function claim_all(entry, key, expired)
    local retry_at
    local all = call('HGETALL', expired)
    for i = 1, #all, 2 do
        local leased_until = claim(entry, expired, all[i], all[i + 1])
        retry_at = math.min(retry_at or math.huge, leased_until or math.huge)
    end
    if retry_at and retry_at < math.huge then
        call('ZADD', awaiting, text(math.max(retry_at, 1)), key)
        keep_until(awaiting, now + call('PTTL', expired), now)
    else
        call('ZREM', awaiting, key)
    end
end

local function claim_due(entry, session, expired, due)
    local deadline, value = set_aside(1, session, due, expired, awaiting, now + lease)
    if deadline then
        claimed[#claimed + 1] = pack({ entry, deadline, 1, value })
    else
        claim_all(entry, sub(session, #KEYS[1] + 1), expired)
    end
end

for i = 1, #ARGV - 2 do
    if #claimed == limit then
        break
    end
    local session, expired, entry = KEYS[3 + 2 * i], KEYS[4 + 2 * i], ARGV[2 + i]
    if entry == '' then
        claim_all(i, sub(session, #KEYS[1] + 1), expired)
    else
        local _, due = repair_entry(1, session, entry, now)
        if due then
            claim_due(i, session, expired, due)
        end
    end
end
return table.concat(claimed)
