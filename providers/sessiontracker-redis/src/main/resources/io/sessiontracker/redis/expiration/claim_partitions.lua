-- Hands out the parts of a type whose indexes are to be repaired, each to one process at a time.
-- KEYS: the parts, scored by the time from which they may be handed out
-- ARGV: how long nobody else gets a part, how many to hand out at the most, how many there are, and for each that was
--       swept: the part, when it is worth a look again (0: at once; empty: unknown)
-- Reply: the parts
-- @include lib/time
-- @include lib/pack

local now = time()
local share, limit, parts = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local function set(part, moment)
    redis.call('ZADD', KEYS[1], string.format('%.0f', moment), part)
end

for i = 4, #ARGV, 2 do
    local moment = tonumber(ARGV[i + 1]) or math.huge
    if moment > 0 then
        moment = math.max(now + share, math.min(moment, now + 6 * share))
    end
    set(ARGV[i], moment)
end
local taken = {}
for part = 0, parts - 1 do
    if #taken < limit and (tonumber(redis.call('ZSCORE', KEYS[1], part)) or 0) <= now then
        taken[#taken + 1] = part
    end
end
for _, part in ipairs(taken) do
    set(part, now + share)
end
if redis.call('PTTL', KEYS[1]) < 6 * share then
    redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', now + 12 * share))
end
return pack(taken)
