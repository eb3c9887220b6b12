-- Finds the next sessions of some buckets, one bucket after the other until there are enough.
-- KEYS: INDEXES... (of each bucket: by start, by property; all in one slot, or on a server that is no Cluster)
-- ARGV: the member of the first bucket to continue after (or empty), how many at most, for each clause: name, number of values, name
--       and value of each
-- Reply: how many buckets were scanned, how many sessions these have, or members of the clause; then for each with some: its
--        position from 0, their number, members, in order for each value of a clause
-- @include lib/pack

-- @define AFTER_PRESENT '\2'

local call = redis.call
local limit = tonumber(ARGV[2])

-- The range of members that begin with the prefix: the byte 255 is in none.
local function range(prefix)
    return { prefix = prefix, first = '[' .. prefix, last = '(' .. prefix .. '\255' }
end

local everything = { range('') }
local clauses = {}
local i = 3
while i <= #ARGV do
    local clause, last = { name = ARGV[i], values = {} }, i + 1 + ARGV[i + 1]
    for value = i + 2, last do
        clause.values[#clause.values + 1] = range(ARGV[value])
    end
    clauses[#clauses + 1] = clause
    i = last + 1
end

-- Whether all of a bucket's sessions have a member of that name. In a small set, where the server goes through the members, it takes
-- less to see that there are no others: the name's members end before the next byte after PRESENT.
local function is_complete(key, name, sessions)
    local members = call('ZCARD', key)
    if members == sessions then
        return call('ZLEXCOUNT', key, '-', '(' .. name) == 0 and call('ZLEXCOUNT', key, '[' .. name .. AFTER_PRESENT, '+') == 0
    end
    return members > sessions and call('ZLEXCOUNT', key, '[' .. name, '(' .. name .. AFTER_PRESENT) == sessions
end

local function count(key, ranges)
    local members = 0
    for _, each in ipairs(ranges) do
        members = members + call('ZLEXCOUNT', key, each.first, each.last)
    end
    return members
end

-- Returns the values of the clause with the fewest members in the bucket.
local function best_clause(key, sessions)
    local best, fewest
    for _, clause in ipairs(clauses) do
        if is_complete(key, clause.name, sessions) then
            local members = #clauses > 1 and count(key, clause.values) or 0
            if not best or members < fewest then
                best, fewest = clause.values, members
            end
        end
    end
    return best
end

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
        local values = best_clause(KEYS[index + 1], sessions)
        scan(values and KEYS[index + 1] or KEYS[index], values or everything, sessions)
    end
    scanned, after = scanned + 1, ''
    if found >= limit then
        break
    end
end
reply[1], reply[2] = scanned, members
return pack(reply)
