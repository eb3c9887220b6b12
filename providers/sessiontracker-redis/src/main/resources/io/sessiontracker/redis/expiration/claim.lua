-- Claims expired sessions: repairs deadline entries of running sessions whose score has passed, sets expired sessions aside, and
-- claims those without a claim.
-- KEYS: RUNNING_INDEX[3], AWAITING, CANDIDATES... (for each entry the running session and the expired sessions of its key)
-- ARGV: lease of a claim, how many to claim at most, the entries, each empty to claim only sessions set aside before
-- Reply: for each claimed: number of its entry, its deadline, how often it was claimed, value
-- @include lib/pack
-- @include lib/repair_entry
-- @include lib/expired_sessions
-- @include lib/time

local now = time()
local lease, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claimed = {}

-- Returns the end of the session's lease; nil if its retention is over.
local function claim(entry, expired, id, kept)
    local deadline, leased_until, since, attempts = struct.unpack(EXPIRED_RECORD, kept)
    local value = sub(kept, EXPIRED_RECORD_SIZE + 1)
    if deadline + number(value, RETENTION) <= now then -- in any format it is there
        call('HDEL', expired, id)
        return nil
    end
    -- An unreadable session is left to releases that can read it.
    if leased_until <= now and #claimed < limit and is_readable(value) then
        leased_until, attempts = now + lease, math.min(attempts + 1, 255)
        call('HSET', expired, id, struct.pack(EXPIRED_RECORD, deadline, leased_until, since, attempts) .. value)
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
        call('ZADD', AWAITING, text(math.max(retry_at, 1)), key)
        keep_until(AWAITING, call('PTTL', expired) + time(), now)
    else
        call('ZREM', AWAITING, key)
    end
end

local function claim_expired(entry, session, expired, raw)
    local deadline, value = set_aside(RUNNING_INDEX, session, raw, expired, AWAITING, now + lease)
    if deadline then
        claimed[#claimed + 1] = pack({ entry, deadline, 1, value })
    else
        claim_all(entry, sub(session, #KEYS[RUNNING_INDEX] + 1), expired)
    end
end

for i = 1, #ARGV - 2 do
    if #claimed == limit then
        break
    end
    local session, expired, entry = KEYS[CANDIDATES + 2 * i - 2], KEYS[CANDIDATES + 2 * i - 1], ARGV[2 + i]
    if entry == '' then
        claim_all(i, sub(session, #KEYS[RUNNING_INDEX] + 1), expired)
    else
        local _, raw = repair_entry(RUNNING_INDEX, session, entry, now)
        if raw then
            claim_expired(i, session, expired, raw)
        end
    end
end
return table.concat(claimed)
