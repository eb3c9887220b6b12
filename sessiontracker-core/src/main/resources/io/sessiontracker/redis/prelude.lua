-- What the scripts share; the loader puts it before each of them.
--
-- A stored session is a string: a header of 64 bytes, the properties, the payload. StoredFormat.java describes it.
-- Its TTL is the truth about its deadline: the key expires at deadline + retention, or never. So a touch never writes the
-- value, and a session is due once what is left of its TTL is within the retention.
-- All times are milliseconds by this server's clock, all numbers are below 2^53.
-- KEYS[1] is always the running session, KEYS[2] the finished one.

local FORMAT, HEADER_SIZE = 1, 64
local HEADER = '>I1c12I6I6I6I6I6I6I6I6'

-- The first element of every reply; Replies.java knows the same.
local DONE, STARTED, IN_PROGRESS, NOT_FOUND, ALREADY_FINISHED, ALREADY_RESUMED, VERSION_CONFLICT = 0, 1, 2, 3, 4, 5, 6

local function time()
    local seconds_micros = redis.call('TIME')
    return seconds_micros[1] * 1000 + math.floor(seconds_micros[2] / 1000)
end

local function number(six_bytes)
    return (struct.unpack('>I6', six_bytes))
end

local function parse(raw)
    local format = string.byte(raw)
    if format ~= FORMAT or #raw < HEADER_SIZE then
        error('SESSIONTRACKER a stored session has the unknown format ' .. format .. ', or is cut short', 0)
    end
    local h, _ = { raw = string.sub(raw, 1, HEADER_SIZE) }
    _, h.id, h.version, h.started_at, h.absolute_at, h.sliding, h.retention, h.written_by, h.finished_by, h.resumed_by =
        struct.unpack(HEADER, raw)
    return h
end

-- The header without the last field, which is the properties' length and belongs to the body.
local function pack(h)
    return struct.pack(HEADER, FORMAT, h.id, h.version, h.started_at, h.absolute_at, h.sliding, h.retention, h.written_by,
        h.finished_by, h.resumed_by)
end

-- The header of the session at that key; nil if there is none, or if it is due.
local function live(key)
    local raw = redis.call('GETRANGE', key, 0, HEADER_SIZE - 1)
    if raw == '' then
        return nil
    end
    local h = parse(raw)
    local left = redis.call('PTTL', key)
    if left ~= -1 and left <= h.retention then
        return nil
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

-- Gives the key the TTL that its session has when it is touched now. A TTL that is over removes the key.
local function expire(key, h, now)
    local deadline = h.absolute_at
    if h.sliding > 0 and (deadline == 0 or now + h.sliding < deadline) then
        deadline = now + h.sliding
    end
    if deadline == 0 then
        redis.call('PERSIST', key)
    else
        redis.call('PEXPIREAT', key, string.format('%.0f', deadline + h.retention))
    end
end

local function touch(key, h, now)
    if h.sliding > 0 then
        expire(key, h, now)
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

-- The header that fits the condition among those that the last deletion removed, if that was less than a minute ago.
local function deleted(mark_key, fits)
    local mark = redis.call('GETRANGE', mark_key, 6, -1)
    for first = 1, #mark, HEADER_SIZE do
        local h = parse(string.sub(mark, first))
        if fits(h) then
            return h
        end
    end
    return nil
end
