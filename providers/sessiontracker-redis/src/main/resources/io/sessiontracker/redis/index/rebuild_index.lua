-- Makes the keys of an index consistent again after the server evicted one of them, a stretch at a time. Members that a
-- deadline entry implies are added to the other keys; a property without a session is removed.
-- KEYS: INDEX[3]
-- ARGV: length of the stretch, a number that chooses its beginning, whether to return it even if it seems consistent (1 or 0)
-- Reply: number of deadline entries, these, members by start: to be compared with their sessions
-- @include lib/index_entry
-- @include lib/pack

local length, begin = tonumber(ARGV[1]), tonumber(ARGV[2])

local function stretch(key, members)
    local first = members > length and begin % members or 0
    return call('ZRANGEBYSCORE', key, '-inf', '+inf', 'LIMIT', text(first), ARGV[1])
end

local function complete(entry)
    local _, member, block = parse_entry(entry)
    call('ZADD', KEYS[INDEX], '0', member)
    local property, after = next_property(block, 1)
    while property do
        call('ZADD', KEYS[INDEX + PROPERTIES], '0', property .. member)
        property, after = next_property(block, after)
    end
end

-- Lets the other keys live as long as the deadlines, or a day if there are none.
local function align_ttls()
    local left = call('PTTL', KEYS[INDEX + DEADLINES])
    for i = INDEX, INDEX + PROPERTIES, PROPERTIES do
        local own = call('PTTL', KEYS[i])
        if left == -1 and own >= 0 then
            call('PERSIST', KEYS[i])
        elseif left >= 0 and own < left or left == -2 and own == -1 then
            call('PEXPIRE', KEYS[i], text(left >= 0 and left or DAY))
        end
    end
end

local starts, deadlines = call('ZCARD', KEYS[INDEX]), call('ZCARD', KEYS[INDEX + DEADLINES])
local entries, members = stretch(KEYS[INDEX + DEADLINES], deadlines), stretch(KEYS[INDEX], starts)
for _, entry in ipairs(entries) do
    complete(entry)
end
for _, member in ipairs(stretch(KEYS[INDEX + PROPERTIES], call('ZCARD', KEYS[INDEX + PROPERTIES]))) do
    local property, after = next_property(member, 1)
    if property and not call('ZSCORE', KEYS[INDEX], sub(member, after)) then
        call('ZREM', KEYS[INDEX + PROPERTIES], member)
    end
end
align_ttls()
if starts == deadlines and ARGV[3] == '0' then
    return pack({ 0 })
end
local reply = { #entries }
for _, list in ipairs({ entries, members }) do
    for _, each in ipairs(list) do
        reply[#reply + 1] = each
    end
end
return pack(reply)
