-- Claims partitions of a type for one process at a time, whose indexes it then repairs.
-- KEYS: PARTITIONS (scored by the time from which each may be claimed)
-- ARGV: how long a claim lasts, how many to claim at most, how many there are, and for each that was swept: its number, when to
--       sweep it again (0: at once; empty: unknown)
-- Reply: the claimed partitions
-- @include lib/time
-- @include lib/pack

-- The longest time until a partition is swept again, in leases.
-- @define LONGEST 6

local now = time()
local lease, limit, partitions = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local function set(partition, moment)
    redis.call('ZADD', PARTITIONS, string.format('%.0f', moment), partition)
end

for i = 4, #ARGV, 2 do
    local moment = tonumber(ARGV[i + 1]) or math.huge
    if moment > 0 then
        moment = math.max(now + lease, math.min(moment, now + LONGEST * lease))
    end
    set(ARGV[i], moment)
end
local taken = {}
for partition = 0, partitions - 1 do
    if #taken < limit and (tonumber(redis.call('ZSCORE', PARTITIONS, partition)) or 0) <= now then
        taken[#taken + 1] = partition
    end
end
for _, partition in ipairs(taken) do
    set(partition, now + lease)
end
if redis.call('PTTL', PARTITIONS) < LONGEST * lease then
    redis.call('PEXPIREAT', PARTITIONS, string.format('%.0f', now + 2 * LONGEST * lease))
end
return pack(taken)
