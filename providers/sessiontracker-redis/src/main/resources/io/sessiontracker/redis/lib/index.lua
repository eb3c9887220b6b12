-- The indexes of a bucket. Running and finished sessions have three sorted sets each, which share a TTL. Their keys follow one
-- another in KEYS, and a script names an index by the position of the first:
--   KEYS[index]               by start: score 0; member: start (6 bytes), the session's key
--   KEYS[index + DEADLINES]   score: no later than the session's deadline, +inf for never; entry: when its data are gone if it is
--                             never written again, or AFTER_TOUCH and how long after the last touch they are, 0 for never (6),
--                             size of the member (2), the member, the indexed properties as they are in the stored session
--   KEYS[index + PROPERTIES]  score 0; for each indexed property of each session: name and value, or absence, then the member
-- So a deadline entry implies the other members, even when the session is gone. A server that evicts may take any of the three:
-- each gets its TTL by its own state, and a repair makes them agree again. As each session has one member for each of its indexed
-- names, a reader can count whether a name is indexed for all.
-- @include lib/session

-- @define DEADLINES 1
-- @define PROPERTIES 2
-- @define AFTER_TOUCH 2 ^ 47
-- Where the session's key begins in a member. An entry before its member, as struct has it, and where the member begins in it.
-- @define MEMBER_KEY 7
-- @define ENTRY '>I6I2'
-- @define ENTRY_MEMBER 9
-- The size of a property's name or value; the byte between them if there is a value.
-- @define TEXT_SIZE '>I2'
-- @define TEXT_SIZE_BYTES 2
-- @define PRESENT 1
-- How long an index lives at least that no deadline bounds: in that time a repair may find what only one of its keys knows.
-- @define DAY 86400000

-- Returns a session's member: its start, and the application's key. That follows "r:" or "f:" in the Redis key, as long as the "rs"
-- or "fs" at the end of the index's first key.
local function member_of(index, key, raw)
    return sub(raw, STARTED_AT, ABSOLUTE_AT - 1) .. sub(key, #KEYS[index] + 1)
end

-- Returns a session's deadline entry. Its data are gone at absolute deadline plus retention; without one each touch moves that.
local function entry_of(raw, member, block)
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    local gone = absolute_at > 0 and absolute_at + retention or sliding > 0 and AFTER_TOUCH + sliding + tolerance + retention or 0
    return struct.pack(ENTRY, gone, #member) .. member .. block
end

-- Returns the property at that position of a block of indexed properties, and the position of the next; nothing at the block's end,
-- or where it is broken.
local function next_property(block, first)
    if first >= #block then
        return nil
    end
    local last = first + TEXT_SIZE_BYTES + struct.unpack(TEXT_SIZE, block, first)
    if last + TEXT_SIZE_BYTES <= #block and string.byte(block, last) == PRESENT then
        last = last + TEXT_SIZE_BYTES + struct.unpack(TEXT_SIZE, block, last + 1)
    end
    return sub(block, first, last), last + 1
end
