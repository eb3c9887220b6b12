-- Puts right what the index says of running sessions whose score has passed, sets aside those that are due, and claims what
-- was set aside and is not claimed.
-- KEYS: the running ones' index, what is untold, for each entry the session and its shelf
-- ARGV: how long a claim lasts, how many to claim at the most, the entries, each empty if only its shelf is meant
-- Reply: for each claimed: which entry's, when it was due, how often it was claimed, value
-- @include pack
-- @include tend
-- @include shelf
-- @include time

local now = time()
local lease, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local untold, claimed = KEYS[4], {}

-- Answers until when it is claimed now; nil if its time is over.
local function claim(entry, shelf, id, kept)
    local deadline, leased_until, since, attempts = struct.unpack(SHELF, kept)
    local value = sub(kept, SHELF_SIZE + 1)
    if deadline + number(value, RETENTION) <= now then -- its retention, as in any format
        call('HDEL', shelf, id)
        return nil
    end
    -- What cannot be read is left to those who can.
    if leased_until <= now and #claimed < limit and is_readable(value) then
        leased_until, attempts = now + lease, math.min(attempts + 1, 255)
        call('HSET', shelf, id, struct.pack(SHELF, deadline, leased_until, since, attempts) .. value)
        claimed[#claimed + 1] = pack({ entry, deadline, attempts, value })
    end
    return leased_until
end

local function claim_all(entry, key, shelf)
    local again
    local all = call('HGETALL', shelf)
    for i = 1, #all, 2 do
        local leased_until = claim(entry, shelf, all[i], all[i + 1])
        again = math.min(again or math.huge, leased_until or math.huge)
    end
    if again and again < math.huge then
        call('ZADD', untold, text(math.max(again, 1)), key)
        keep_until(untold, now + call('PTTL', shelf), now)
    else
        call('ZREM', untold, key)
    end
end

local function claim_due(entry, session, shelf, due)
    local deadline, value = set_aside(1, session, due, shelf, untold, now + lease)
    if deadline then
        claimed[#claimed + 1] = pack({ entry, deadline, 1, value })
    else
        claim_all(entry, sub(session, #KEYS[1] + 1), shelf)
    end
end

for i = 1, #ARGV - 2 do
    if #claimed == limit then
        break
    end
    local session, shelf, entry = KEYS[3 + 2 * i], KEYS[4 + 2 * i], ARGV[2 + i]
    if entry == '' then
        claim_all(i, sub(session, #KEYS[1] + 1), shelf)
    else
        local _, due = tend(1, session, entry, now)
        if due then
            claim_due(i, session, shelf, due)
        end
    end
end
return table.concat(claimed)
