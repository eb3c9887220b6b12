-- The indexes of a bucket. Each of running and finished sessions has three sorted sets, whose keys follow one another in KEYS
-- and which share a TTL; scripts name an index by where its first key is there.
--   by start    score 0, member: start (6 bytes), key of the session
--   deadlines   score: no later than the session is due, +inf for never; member: when its data are gone whatever happens, or
--               2^47 and how long after the last touch they are, 0 for never (6), size of that member (2), the member, its indexed
--               properties as they are in the stored session
--   properties  score 0; for each indexed property of each session a member: name and value, or absence, and that member
-- So an entry among the deadlines tells which others there are, also when the session is gone. A server that evicts may take
-- any of the three: each gets its TTL by its own state, and a repair lets them agree again. That each session has one
-- member for each of its indexed names lets a reader count whether a name is indexed for all.
-- @include lib/session

-- Its start, and the application's key: what follows "r:" or "f:", as long as the "rs" or "fs" that ends the key of the set by start.
local function member_of(index, key, raw)
    return sub(raw, STARTED_AT, ABSOLUTE_AT - 1) .. sub(key, #KEYS[index] + 1)
end

-- Its data are gone at absolute deadline and retention, unless it is written again; without one each touch moves that.
local function entry_of(raw, member, block)
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    local gone = absolute_at > 0 and absolute_at + retention or sliding > 0 and 2 ^ 47 + sliding + tolerance + retention or 0
    return struct.pack('>I6I2', gone, #member) .. member .. block
end

-- The property at that position of a block of indexed properties, and where the next one is; nothing at its end, nor where it
-- is broken.
local function next_property(block, first)
    if first >= #block then
        return nil
    end
    local last = first + 2 + struct.unpack('>I2', block, first)
    if last + 2 <= #block and string.byte(block, last) == 1 then
        last = last + 2 + struct.unpack('>I2', block, last + 1)
    end
    return sub(block, first, last), last + 1
end
