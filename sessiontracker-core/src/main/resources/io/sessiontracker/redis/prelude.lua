-- What the scripts share; the loader puts it before each of them.
--
-- A stored session is a string: a header of 67 bytes, the properties, the payload. StoredFormat.java describes it.
-- Its TTL is the truth about its deadline: the key expires at deadline + retention, or never. So a touch never writes the
-- value, and a session is due once what is left of its TTL is within the retention.
-- All times are milliseconds by this server's clock, all numbers are below 2^53.
-- Where a script is about one session, KEYS[1] is the running one, KEYS[2] the finished one.

local FORMAT, HEADER_SIZE = 1, 67
local HEADER = '>I1c12I6I6I6I6I6I6I6I6'

-- The first element of every reply; Replies.java knows the same.
local DONE, STARTED, IN_PROGRESS, NOT_FOUND, ALREADY_FINISHED, ALREADY_RESUMED, VERSION_CONFLICT = 0, 1, 2, 3, 4, 5, 6

-- Milliseconds, and the same in microseconds.
local function time()
    local seconds_micros = redis.call('TIME')
    local micros = seconds_micros[1] * 1000000 + seconds_micros[2]
    return math.floor(micros / 1000), micros
end

local function number(six_bytes)
    return (struct.unpack('>I6', six_bytes))
end

local function header_of(key)
    return redis.call('GETRANGE', key, 0, HEADER_SIZE - 1)
end

local function is_readable(raw)
    return string.byte(raw) == FORMAT and #raw >= HEADER_SIZE
end

local function parse(raw)
    local format = string.byte(raw)
    if not is_readable(raw) then
        error('SESSIONTRACKER a stored session has the unknown format ' .. format .. ', or is cut short', 0)
    end
    local h, _ = { raw = string.sub(raw, 1, HEADER_SIZE) }
    _, h.id, h.version, h.started_at, h.absolute_at, h.sliding, h.retention, h.written_by, h.finished_by, h.resumed_by =
        struct.unpack(HEADER, raw)
    return h
end

-- The header without the last two fields, which are sizes and belong to the body.
local function pack(h)
    return struct.pack(HEADER, FORMAT, h.id, h.version, h.started_at, h.absolute_at, h.sliding, h.retention, h.written_by,
        h.finished_by, h.resumed_by)
end

-- The header of the session at that key; nil if there is none, or nil and its header if it is due.
local function live(key)
    local raw = header_of(key)
    if raw == '' then
        return nil
    end
    local h = parse(raw)
    local left = redis.call('PTTL', key)
    if left ~= -1 and left <= h.retention then
        return nil, h
    end
    return h
end

-- Sets a header's lifetimes from the argument: absolute (counted from the given time), absolute at, sliding, retention.
local function set_lifetimes(h, argument, from)
    local absolute
    absolute, h.absolute_at, h.sliding, h.retention = struct.unpack('>I6I6I6I6', argument)
    if h.absolute_at == 0 and absolute > 0 then
        h.absolute_at = from + absolute
    end
end

local function expire_at(key, moment)
    redis.call('PEXPIREAT', key, string.format('%.0f', moment))
end

-- When a session is due that is touched now; 0 for never.
local function deadline_of(h, now)
    if h.sliding > 0 and (h.absolute_at == 0 or now + h.sliding < h.absolute_at) then
        return now + h.sliding
    end
    return h.absolute_at
end

-- Gives the key the TTL that its session has when it is touched now. A TTL that is over removes the key.
local function expire(key, h, now)
    local deadline = deadline_of(h, now)
    if deadline == 0 then
        redis.call('PERSIST', key)
    else
        expire_at(key, deadline + h.retention)
    end
end

-- Lets the keys of an index, whose first is KEYS[first], live that much longer. They share one TTL, and get half as much
-- again, so that the next calls need not.
local function keep_index(first, millis, now)
    local left = redis.call('PTTL', KEYS[first + 1])
    if left >= 0 and left < millis then
        for i = first, first + 2 do
            expire_at(KEYS[i], now + 1.5 * millis)
        end
    end
end

-- KEYS[first] is the first of its index's keys: only where nothing but touches limits a session's life, these must keep up.
local function touch(key, h, first, now)
    if h.sliding > 0 then
        expire(key, h, now)
        if h.absolute_at == 0 then
            keep_index(first, h.sliding + h.retention, now)
        end
    end
end

-- An id and version from its argument: six bytes of version, then the id; nil if it is empty.
local function version_of(argument)
    if argument == '' then
        return nil
    end
    return { id = string.sub(argument, 7), version = number(argument) }
end

local function is_at(h, expected)
    return h and h.id == expected.id and h.version == expected.version
end

-- Whether the token is that of the stored operation, at the stored attempt or a later one. 0 marks nothing.
local function repeats(token, stored)
    return stored ~= 0 and stored <= token and math.floor(stored / 256) == math.floor(token / 256)
end

-- Whether both attempts are of one operation.
local function is_same(token, stored)
    return stored ~= 0 and math.floor(stored / 256) == math.floor(token / 256)
end

-- The mark of a key remembers what its sessions' headers cannot tell any more: a string of records, the oldest first, each a
-- deletion's token (6 bytes; 0 for none) and a header that was removed or overwritten. A call adds two at the most, so the
-- last eight are always known.
local RECORD_SIZE, RECORDS, MARK_MILLIS = 6 + HEADER_SIZE, 16, 60000

local function record(raw_header, token)
    return struct.pack('>I6', token or 0) .. raw_header
end

local function remember(mark_key, records)
    if records ~= '' then
        local mark = redis.call('GETRANGE', mark_key, 0, -1) .. records
        redis.call('SET', mark_key, string.sub(mark, -RECORDS * RECORD_SIZE), 'PX', MARK_MILLIS)
    end
end

-- The first that fits of what is remembered: of (token, header); the header is nil if it cannot be read.
local function recall(mark_key, fits)
    local mark = redis.call('GETRANGE', mark_key, 0, -1)
    for first = 1, #mark, RECORD_SIZE do
        local raw = string.sub(mark, first + 6, first + RECORD_SIZE - 1)
        local h = is_readable(raw) and parse(raw) or nil
        if fits(h, number(string.sub(mark, first, first + 5))) then
            return h or {}
        end
    end
    return nil
end
