-- Puts right what an index says of sessions whose score has passed.
-- KEYS: the index, the entries' sessions
-- ARGV: the entries
-- Reply: how many of the sessions live

local now = time()
local index, living = index_at(1), 0
for i, entry in ipairs(ARGV) do
    if tend(index, KEYS[3 + i], entry, now) then
        living = living + 1
    end
end
return { living }
