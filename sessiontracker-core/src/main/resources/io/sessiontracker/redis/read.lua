-- Reads sessions without touching them.
-- KEYS: the sessions
-- ARGV: when each was started (6 bytes)
-- Reply: for each its value; empty if it is gone, due, or another
-- @include live
-- @include pack

local reply = {}
for i, key in ipairs(KEYS) do
    local value = call('GET', key)
    local is_it = value and is_readable(value) and sub(value, 20, 25) == ARGV[i] and lives(key, value)
    reply[i] = is_it and value or ''
end
return pack(reply)
