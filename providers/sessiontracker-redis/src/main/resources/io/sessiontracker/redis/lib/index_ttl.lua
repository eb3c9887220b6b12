-- How long an index lives in which no session is without an end any more.
-- @include lib/session

local DAY, TOUCHED = 86400000, 2 ^ 47

-- Whether the session never ends.
local function is_endless(raw)
    return sub(raw, ABSOLUTE_AT, TOLERANCE - 1) == NONE .. NONE
end

-- Unless a session is left that never ends, the index's keys get back the TTL that they lost when the first came: until the
-- last session's data are gone, and a day at the least, in which a repair may find what only one of the keys knows.
local function end_index(index, now)
    if call('ZCOUNT', KEYS[index + 1], '+inf', '+inf') > 0 then
        return
    end
    local last = now + DAY
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + 1], '-inf', '+inf')) do
        local gone = struct.unpack('>I6', entry)
        last = math.max(last, gone < TOUCHED and gone or now + gone - TOUCHED)
    end
    for i = index, index + 2 do
        if call('PTTL', KEYS[i]) == -1 then
            call('PEXPIREAT', KEYS[i], text(last))
        end
    end
end
