-- Reads sessions without touching them.
-- KEYS: the sessions
-- ARGV: when each was started (6 bytes)
-- Reply: for each its value; empty if it is gone, due, or another
-- @include readable
-- @include pack

local reply = {}
for i, key in ipairs(KEYS) do
    local value = call('GET', key)
    local is_it = value and is_readable(value) and sub(value, STARTED_AT, ABSOLUTE_AT - 1) == ARGV[i] and lives(key, value)
    reply[i] = is_it and value or ''
end
return pack(reply)
