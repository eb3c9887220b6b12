-- Finds the next sessions of a bucket.
-- KEYS: BY_START, BY_PROPERTY
-- ARGV: the member to continue after (or empty), how many at most, for each clause: name, number of values, name and value of each
-- Reply: number of sessions in the bucket, or of the clause's members; then members, in order for each value of a clause
-- @include lib/pack

-- @define AFTER_PRESENT '\2'

local after, limit = ARGV[1], ARGV[2]

-- The range of members that begin with the prefix: the byte 255 is in none.
local function between(prefix)
    return '[' .. prefix, '(' .. prefix .. '\255'
end

local function add_members(reply, key, prefix)
    local first, last = between(prefix)
    if after ~= '' then
        first = '(' .. prefix .. after
    end
    local found = redis.call('ZRANGEBYLEX', key, first, last, 'LIMIT', '0', limit)
    for _, member in ipairs(found) do
        reply[#reply + 1] = string.sub(member, #prefix + 1)
    end
end

-- Returns the values of the clause with the fewest members, and their number. A clause counts only if its name is indexed for all
-- sessions: a name's members end before the next byte after PRESENT.
local function best_clause(sessions)
    local best, fewest
    local i = 3
    while i <= #ARGV do
        local name, last = ARGV[i], i + 1 + ARGV[i + 1]
        if redis.call('ZLEXCOUNT', BY_PROPERTY, '[' .. name, '(' .. name .. AFTER_PRESENT) == sessions then
            local values, members = {}, 0
            for value = i + 2, last do
                values[#values + 1] = ARGV[value]
                members = members + redis.call('ZLEXCOUNT', BY_PROPERTY, between(ARGV[value]))
            end
            if not best or members < fewest then
                best, fewest = values, members
            end
        end
        i = last + 1
    end
    return best, fewest
end

local sessions = redis.call('ZCARD', BY_START)
local values, members = best_clause(sessions)
local reply = { values and members or sessions }
if not values then
    add_members(reply, BY_START, '')
elseif members > 0 then
    for _, value in ipairs(values) do
        add_members(reply, BY_PROPERTY, value)
    end
end
return pack(reply)
