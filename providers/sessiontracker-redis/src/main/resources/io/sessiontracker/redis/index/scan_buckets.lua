-- Finds the next sessions of some buckets, one bucket after the other until there are enough.
-- KEYS: INDEXES... (of each bucket: by start, by property; all in one slot, or on a server that is no Cluster)
-- ARGV: the member of the first bucket to continue after (or empty), how many at most, for each clause: name, number of values, name
--       and value of each
-- Reply: how many buckets were scanned, how many sessions these have, or members of the clause; then for each with some: its
--        position from 0, their number, members, in order for each value of a clause
-- @include lib/pack

local call = redis.call

-- @include lib/clauses

local clauses, limit = read_clauses(3), tonumber(ARGV[2])

local reply, after, scanned, found, members = { 0, 0 }, ARGV[1], 0, 0, 0

local function scan(key, ranges, sessions)
    local head, wanted = #reply, limit - found
    reply[head + 1], reply[head + 2] = scanned, 0
    for _, each in ipairs(ranges) do
        local first = after == '' and each.first or '(' .. each.prefix .. after
        for _, member in ipairs(call('ZRANGEBYLEX', key, first, each.last, 'LIMIT', '0', wanted)) do
            reply[#reply + 1] = string.sub(member, #each.prefix + 1)
        end
    end
    local own = #reply - head - 2
    reply[head + 2] = own
    if own == 0 then
        reply[head + 1], reply[head + 2] = nil, nil
    end
    found = found + own
    if ranges == everything then
        members = members + sessions
    else
        members = members + (after == '' and own < wanted and own or count(key, ranges))
    end
end

for index = INDEXES, #KEYS, 2 do
    local sessions = call('ZCARD', KEYS[index])
    if sessions > 0 then
        local values = best_clause(clauses, KEYS[index + 1], sessions)
        scan(values and KEYS[index + 1] or KEYS[index], values or everything, sessions)
    end
    scanned, after = scanned + 1, ''
    if found >= limit then
        break
    end
end
reply[1], reply[2] = scanned, members
return pack(reply)
