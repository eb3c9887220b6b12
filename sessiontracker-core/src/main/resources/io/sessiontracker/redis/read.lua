-- Reads sessions without touching them.
-- KEYS: the sessions
-- ARGV: when each was started (6 bytes)
-- Reply: for each its value; empty if it is gone, due, or another

local reply = {}
for i, key in ipairs(KEYS) do
    local value = redis.call('GET', key)
    reply[i] = ''
    if value and string.byte(value) == FORMAT then
        local h = parse(value)
        local left = redis.call('PTTL', key)
        if h.started_at == number(ARGV[i]) and (left == -1 or left > h.retention) then
            reply[i] = value
        end
    end
end
return reply
