-- What the scripts share that read sessions.
--
-- A stored session is a string: a header of 67 bytes, the properties, the payload. StoredFormat.java describes it. Most of its
-- fields are only compared or copied, so they stay bytes and are cut out where they are needed, counted from 1:
--   1 format, 2 id, 14 version, 20 started at, 26 absolute deadline, 32 sliding lifetime, 38 retention, 44 token of the last
--   write, 50 of the last finish, 56 of the last resume, 62 and 65 sizes of the indexed and the other properties, 68 the rest
-- Its TTL is the truth about its deadline: the key expires at deadline + retention, or never. So a touch never writes the
-- value, and a session is due once less of its TTL is left than its retention; one that has no retention lives while its key
-- is there.
-- All times are milliseconds by this server's clock, all numbers are below 2^53. Numbers go to commands as text: Redis takes
-- longer to convert them, and some versions write 1e+12 for 1000000000000.
-- Each function that a script defines costs it a tenth of a microsecond, so what is common returns before the rest is included.
-- Where a script is about one session, KEYS[1] is the running one, KEYS[2] the finished one.

local call, sub = redis.call, string.sub
local FORMAT, HEADER_SIZE, NONE = 1, 67, '\0\0\0\0\0\0'

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
    if string.byte(raw) ~= FORMAT or #raw < HEADER_SIZE then
        error('SESSIONTRACKER a stored session has the unknown format ' .. tostring(string.byte(raw)) .. ', or is cut short', 0)
    elseif sub(raw, 38, 43) == NONE then
        return true
    end
    local left = call('PTTL', key)
    return left == -1 or left >= struct.unpack('>I6', raw, 38)
end
