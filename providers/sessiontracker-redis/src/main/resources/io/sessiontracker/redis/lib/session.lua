-- What the scripts share that read sessions.
--
-- A stored session is a string: a header, the properties, the payload. StoredFormat.java describes it. Most of its fields are
-- only compared or copied, so they stay bytes and are cut out where they are needed, from where they begin to where the next
-- one does. What the header has beyond the fields named here, up to its size, is copied unread: a later release put it there.
-- Its TTL is the truth about its deadline: the key expires at deadline + retention, or never. So a touch never writes the
-- value, and a session is due once less of its TTL is left than its retention; one that has no retention lives while its key
-- is there.
-- All times are milliseconds by this server's clock, all numbers are below 2^53. Numbers go to commands as text: Redis takes
-- longer to convert them, and some versions write 1e+12 for 1000000000000.
-- Each function that a script defines costs it a tenth of a microsecond, so what is common returns before the rest is included.
-- Where a script is about one session, KEYS[1] is the running one, KEYS[2] the finished one.

local call, sub = redis.call, string.sub

-- Where the fields of a header begin, counted from 1. These names stand for the values themselves: a local that functions use
-- would cost each call as much as a function.
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
-- No time, number or token; as struct has them, a session's lifetimes from ABSOLUTE_AT on, and its header's size.
-- @define NONE '\0\0\0\0\0\0'
-- @define LIFETIMES '>I6I6I6I6'
-- @define SIZE '>I2'

-- A reply is a session, or begins with one of these bytes, which no format has. Replies.java knows the same. A reply is one
-- string in any case: a server before 7.0 writes every list to the socket by itself, which takes longer than most scripts.
local DONE, STARTED, IN_PROGRESS, NOT_FOUND, ALREADY_FINISHED, ALREADY_RESUMED, VERSION_CONFLICT =
    '\128', '\129', '\130', '\131', '\132', '\133', '\134'

local function bytes(number)
    return struct.pack('>I6', number)
end

local function text(number)
    return string.format('%.0f', number)
end

-- Whether the session at that key, of which this is at least the header, is not due.
local function lives(key, raw)
    if string.byte(raw) ~= FORMAT or #raw < FIELDS - 1 then
        error('SESSIONTRACKER a stored session has the unknown format ' .. tostring(string.byte(raw)) .. ', or is cut short', 0)
    elseif sub(raw, RETENTION, FINISHED_BY - 1) == NONE then
        return true
    end
    local left = call('PTTL', key)
    return left == -1 or left > struct.unpack('>I6', raw, RETENTION)
end
