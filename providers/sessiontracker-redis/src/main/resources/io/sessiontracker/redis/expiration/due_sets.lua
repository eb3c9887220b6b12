-- Finds the sorted sets, scored by time, that have a member whose score has passed.
-- KEYS: SETS...
-- Reply: their numbers, from 1
-- @include lib/time
-- @include lib/pack

local now, due = time(), {}
for i, key in ipairs(KEYS) do
    if redis.call('ZCOUNT', key, '-inf', now) > 0 then
        due[#due + 1] = i
    end
end
return pack(due)
