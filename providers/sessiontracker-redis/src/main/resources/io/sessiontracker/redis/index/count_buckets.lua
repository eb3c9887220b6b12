-- Counts the entries of buckets by deadline, and finds those whose score has passed.
-- KEYS: DEADLINE_SETS... (all in one slot, or on a server that is no Cluster)
-- ARGV: how many passed entries to return at most
-- Reply: number of entries with a later score; then for each set with passed ones: its position from 0, how many, these; but if they
--        are too many: its position, 0, and none of its entries is counted
-- @include lib/time
-- @include lib/pack

local call = redis.call
local now, left = string.format('%.0f', time()), tonumber(ARGV[1])
local reply, later = { 0 }, 0
for i = DEADLINE_SETS, #KEYS do
    local passed = call('ZCOUNT', KEYS[i], '-inf', now)
    if passed <= left then
        later = later + call('ZCARD', KEYS[i]) - passed
    end
    if passed > 0 then
        reply[#reply + 1] = i - DEADLINE_SETS
        reply[#reply + 1] = passed <= left and passed or 0
        if passed <= left then
            left = left - passed
            for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[i], '-inf', now)) do
                reply[#reply + 1] = entry
            end
        end
    end
end
reply[1] = later
return pack(reply)
