-- How long an index lives once no session in it lives for ever.
-- @include lib/index

-- Whether the session never expires.
local function is_endless(raw)
    return sub(raw, ABSOLUTE_AT, TOLERANCE - 1) == NONE .. NONE
end

-- Unless a session is left that never expires, gives the index's keys back the TTL that they lost when the first such came: until
-- the last session's data are gone, and a day at least.
local function end_index(index, now)
    if call('ZCOUNT', KEYS[index + DEADLINES], '+inf', '+inf') > 0 then
        return
    end
    local last = now + DAY
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + DEADLINES], '-inf', '+inf')) do
        local gone = struct.unpack(NUMBER, entry)
        last = math.max(last, gone < AFTER_TOUCH and gone or now + gone - AFTER_TOUCH)
    end
    for i = index, index + PROPERTIES do
        if call('PTTL', KEYS[i]) == -1 then
            call('PEXPIREAT', KEYS[i], text(last))
        end
    end
end
