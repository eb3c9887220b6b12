-- The fencing tokens of a bucket's locks. All locks of a bucket share the record of the last token: a lock leaves nothing of its own
-- behind. A token is at least the server's time in microseconds, so it grows also when the record is lost. The record is for a clock
-- that is set back, or a new master's that is behind: for a day after the token's time, by the server's clock.

-- @define DAY_MILLIS 86400000

-- Returns the next token: 16 digits, as the time has until the year 2286.
local function next_token(record)
    local now = redis.call('TIME')
    local token = math.max(now[1] * 1000000 + now[2], (tonumber(redis.call('GET', record)) or 0) + 1)
    local text = string.format('%016.0f', token)
    redis.call('SET', record, text, 'PXAT', string.format('%.0f', math.floor(token / 1000) + DAY_MILLIS))
    return text
end
