-- Puts right what an index says of sessions whose score has passed.
-- KEYS: the index, the entries' sessions
-- ARGV: the entries
-- Reply: how many of the sessions live, in decimals
-- @include tend
-- @include time

local now, living = time(), 0
for i, entry in ipairs(ARGV) do
    if tend(1, KEYS[3 + i], entry, now) then
        living = living + 1
    end
end
return text(living)
