-- The clauses of a filter that an index by property can answer, and which of them has the fewest members in a bucket.

-- @define AFTER_PRESENT '\2'

-- The range of members that begin with the prefix: the byte 255 is in none.
local function range(prefix)
    return { prefix = prefix, first = '[' .. prefix, last = '(' .. prefix .. '\255' }
end

local everything = { range('') }

-- Reads the arguments from that one on: for each clause its name, the number of values, and name and value of each.
local function read_clauses(i)
    local clauses = {}
    while i <= #ARGV do
        local clause, last = { name = ARGV[i], values = {} }, i + 1 + ARGV[i + 1]
        for value = i + 2, last do
            clause.values[#clause.values + 1] = range(ARGV[value])
        end
        clauses[#clauses + 1] = clause
        i = last + 1
    end
    return clauses
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

-- Returns the values of the clause with the fewest members in the bucket; nil if none has a member for each session.
local function best_clause(clauses, key, sessions)
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
