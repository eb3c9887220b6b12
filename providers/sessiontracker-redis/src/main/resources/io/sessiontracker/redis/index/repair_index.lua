-- Repairs the index entries of sessions whose score has passed.
-- KEYS: the index, the entries' sessions
-- ARGV: the entries
-- Reply: how many of the sessions live, in decimals
-- @include lib/repair_entry
-- @include lib/index_ttl
-- @include lib/time

local now, living = time(), 0
for i, entry in ipairs(ARGV) do
    if repair_entry(1, KEYS[3 + i], entry, now) then
        living = living + 1
    end
end
if call('PTTL', KEYS[2]) == -1 then
    end_index(1, now)
end
return text(living)
