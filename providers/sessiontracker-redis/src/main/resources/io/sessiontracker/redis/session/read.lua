-- Reads sessions without touching them.
-- KEYS: the sessions
-- ARGV: when each was started (6 bytes)
-- Reply: for each its value, or the first byte of one whose format is unknown; empty if it is gone, due, or another
-- @include lib/readable
-- @include lib/pack

local reply = {}
for i, key in ipairs(KEYS) do
    local value = call('GET', key)
    if value and not is_readable(value) then
        reply[i] = sub(value, 1, 1)
    else
        local is_it = value and sub(value, STARTED_AT, ABSOLUTE_AT - 1) == ARGV[i] and lives(key, value)
        reply[i] = is_it and value or ''
    end
end
return pack(reply)
