-- Shared by all scripts that read sessions.
--
-- A stored session is a string: a header and a body of properties and payload. StoredFormat.java describes it. Most header fields
-- are only compared or copied, so they stay bytes and are cut out where they are needed: from where a field begins to where the
-- next one does. What the header has beyond the fields named here, up to its size, is copied unread: a later release put it there.
-- The key's TTL is the truth about the deadline: the key expires at deadline + retention, or never. So a touch never writes the
-- value. A session is expired once its TTL is not above its retention; without retention it lives while its key exists.
-- All times are milliseconds by this server's clock, all numbers are below 2^53. Numbers go to commands as text: Redis takes
-- longer to convert them, and some versions write 1e+12 for 1000000000000.
-- Each function that a script defines costs it a tenth of a microsecond, so the common case returns before the rest is included.
--
-- Capitals stand for values and cost a call nothing: "-- @define NAME value" gives a value, and the line "-- KEYS:" at a script's
-- head names its keys. There NAME is KEYS[n]; NAME[3] and NAME... are the position of the first of several.

local call, sub = redis.call, string.sub

-- Where the fields of a header begin, counted from 1.
-- @define FORMAT 2
-- @define HEADER_SIZE 2
-- @define STARTED_AT 4
-- @define ABSOLUTE_AT 10
-- @define SLIDING 16
-- @define TOLERANCE 22
-- @define RETENTION 28
-- @define FINISHED_BY 34
-- @define RESUMED_BY 40
-- @define ID 46
-- @define VERSION 58
-- @define WRITTEN_BY 64
-- @define FIELDS 88
-- The tags of the field that says whether the session is in the indexes, and whether its changes are announced: the first one, without
-- a value. A session without it is in the indexes, and not announced: where it has no other field, the body begins there with the size
-- of its indexed properties, which is never that large.
-- @define ANNOUNCED 253
-- @define ANNOUNCED_UNINDEXED 254
-- @define UNINDEXED 255
-- @define KIND_SIZE 3
-- How many bytes a number or a token has, an id, and the operation with which a token begins; its last byte is the attempt. No time, number or token; the version that a start stores.
-- @define NUMBER_SIZE 6
-- @define ID_SIZE 12
-- @define OPERATION_SIZE 5
-- @define NONE '\0\0\0\0\0\0'
-- @define FIRST_VERSION '\0\0\0\0\0\1'
-- A body begins with the size of its indexed properties and that of the others; then come the indexed ones.
-- @define BODY_SIZES 6
-- @define INDEXED_SIZE '>I3'
-- @define INDEXED_SIZE_BYTES 3
-- @define INDEXED 7
-- How much of a value is read at first, as GETRANGE counts and in bytes; how much beyond its header if that is longer.
-- @define HEAD_LAST '261'
-- @define HEAD_BYTES 262
-- @define MORE_BYTES 256
-- As struct has them: one number, a session's lifetimes from ABSOLUTE_AT on, and its header's size.
-- @define NUMBER '>I6'
-- @define LIFETIMES '>I6I6I6I6'
-- @define SIZE '>I2'

-- A reply is a session, or begins with one of these bytes, which no format has. ScriptReplies.java knows them too. A reply is one
-- string in any case: a server before 7.0 writes every list to the socket by itself, which takes longer than most scripts.
local DONE, STARTED, IN_PROGRESS, NOT_FOUND, ALREADY_FINISHED, ALREADY_RESUMED, VERSION_CONFLICT =
    '\128', '\129', '\130', '\131', '\132', '\133', '\134'
-- A call without the keys of the indexes did nothing, as a session is in one.
-- @define INDEX_NEEDED '\136'
-- @define COPY '\137'
-- A reply of a script that knows when the session is due begins with this and the deadline (6 bytes, 0 for never). Or the deadline is
-- UNKNOWN.
-- @define DUE '\138'
-- @define UNKNOWN '\255\255\255\255\255\255'

local function bytes(number)
    return struct.pack(NUMBER, number)
end

local function text(number)
    return string.format('%.0f', number)
end

-- Whether the session at that key has not expired; raw is its value, or at least its header.
local function lives(key, raw)
    if string.byte(raw) ~= FORMAT or #raw < FIELDS - 1 then
        error('SESSIONTRACKER a stored session has the unknown format ' .. tostring(string.byte(raw)) .. ', or is cut short', 0)
    elseif sub(raw, RETENTION, FINISHED_BY - 1) == NONE then
        return true
    end
    local left = call('PTTL', key)
    return left == -1 or left > struct.unpack(NUMBER, raw, RETENTION)
end
