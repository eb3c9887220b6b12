-- Finds the members of sorted sets, scored by time, whose score has passed.
-- KEYS: SETS...
-- ARGV: how many members of each to return at most, -1 for all
-- Reply: for each set: how many members have a later score, the first of these scores or nothing, how many members are due,
--        these
-- @include lib/time
-- @include lib/pack

local now = time()
local reply = {}
for _, key in ipairs(KEYS) do
    local later = redis.call('ZRANGEBYSCORE', key, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', '0', '1')
    reply[#reply + 1] = redis.call('ZCOUNT', key, '(' .. now, '+inf')
    reply[#reply + 1] = later[2] or ''
    local due = redis.call('ZRANGEBYSCORE', key, '-inf', now, 'LIMIT', '0', ARGV[1])
    reply[#reply + 1] = #due
    for _, member in ipairs(due) do
        reply[#reply + 1] = member
    end
end
return pack(reply)
