-- Makes the keys of an index consistent again after the server evicted one of them, a stretch at a time. Members that a
-- deadline entry implies are added to the other keys; a property without a session is removed.
-- KEYS: the index
-- ARGV: how long the stretch is, a number that tells where it begins, whether to answer also what seems right (1 or 0)
-- Reply: how many entries among the deadlines follow, these, places: to be compared with their sessions
-- @include lib/index_entry
-- @include lib/pack

local length, begin = tonumber(ARGV[1]), tonumber(ARGV[2])

local function stretch(key, members)
    local first = members > length and begin % members or 0
    return call('ZRANGEBYSCORE', key, '-inf', '+inf', 'LIMIT', text(first), ARGV[1])
end

local function complete(entry)
    local _, member, block = parse_entry(entry)
    call('ZADD', KEYS[1], '0', member)
    local property, after = next_property(block, 1)
    while property do
        call('ZADD', KEYS[3], '0', property .. member)
        property, after = next_property(block, after)
    end
end

-- As long as the deadlines live, or a day where there are none.
local function outlive()
    local left = call('PTTL', KEYS[2])
    for i = 1, 3, 2 do
        local own = call('PTTL', KEYS[i])
        if left == -1 and own >= 0 then
            call('PERSIST', KEYS[i])
        elseif left >= 0 and own < left or left == -2 and own == -1 then
            call('PEXPIRE', KEYS[i], text(left >= 0 and left or 86400000))
        end
    end
end

local walk, deadlines = call('ZCARD', KEYS[1]), call('ZCARD', KEYS[2])
local entries, places = stretch(KEYS[2], deadlines), stretch(KEYS[1], walk)
for _, entry in ipairs(entries) do
    complete(entry)
end
for _, member in ipairs(stretch(KEYS[3], call('ZCARD', KEYS[3]))) do
    local property, after = next_property(member, 1)
    if property and not call('ZSCORE', KEYS[1], sub(member, after)) then
        call('ZREM', KEYS[3], member)
    end
end
outlive()
if walk == deadlines and ARGV[3] == '0' then
    return pack({ 0 })
end
local reply = { #entries }
for _, list in ipairs({ entries, places }) do
    for _, each in ipairs(list) do
        reply[#reply + 1] = each
    end
end
return pack(reply)
