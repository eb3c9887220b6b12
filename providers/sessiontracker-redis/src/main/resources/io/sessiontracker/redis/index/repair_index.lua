-- Repairs deadline entries whose score has passed.
-- KEYS: INDEX[3], SESSIONS...
-- ARGV: the entries
-- Reply: the number of sessions that live, in decimals
-- @include lib/repair_entry
-- @include lib/index_ttl
-- @include lib/time

local now, living = time(), 0
for i, entry in ipairs(ARGV) do
    if repair_entry(INDEX, KEYS[SESSIONS + i - 1], entry, now) then
        living = living + 1
    end
end
if call('PTTL', KEYS[INDEX + DEADLINES]) == -1 then
    end_index(INDEX, now)
end
return text(living)
