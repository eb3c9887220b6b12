-- Finds the next sessions of a bucket.
-- KEYS: the index without its deadlines: by start, properties
-- ARGV: the member to continue after (or empty), how many at the most, for each clause: name, how many values, name and value of each
-- Reply: how many sessions the bucket has, or how many members the clause; then members, in order for each value of a clause
-- @include lib/pack

local after, limit = ARGV[1], ARGV[2]

-- No member begins with the byte 255.
local function between(prefix)
    return '[' .. prefix, '(' .. prefix .. '\255'
end

local function add_places(reply, key, prefix)
    local first, last = between(prefix)
    if after ~= '' then
        first = '(' .. prefix .. after
    end
    local found = redis.call('ZRANGEBYLEX', key, first, last, 'LIMIT', '0', limit)
    for _, member in ipairs(found) do
        reply[#reply + 1] = string.sub(member, #prefix + 1)
    end
end

-- The values of that clause which has the fewest members, of those whose name all sessions have one for, and how many these are.
local function best_clause(sessions)
    local best, fewest
    local i = 3
    while i <= #ARGV do
        local name, last = ARGV[i], i + 1 + ARGV[i + 1]
        if redis.call('ZLEXCOUNT', KEYS[2], '[' .. name, '(' .. name .. '\2') == sessions then
            local values, members = {}, 0
            for value = i + 2, last do
                values[#values + 1] = ARGV[value]
                members = members + redis.call('ZLEXCOUNT', KEYS[2], between(ARGV[value]))
            end
            if not best or members < fewest then
                best, fewest = values, members
            end
        end
        i = last + 1
    end
    return best, fewest
end

local sessions = redis.call('ZCARD', KEYS[1])
local values, members = best_clause(sessions)
local reply = { values and members or sessions }
if not values then
    add_places(reply, KEYS[1], '')
elseif members > 0 then
    for _, value in ipairs(values) do
        add_places(reply, KEYS[2], value)
    end
end
return pack(reply)
