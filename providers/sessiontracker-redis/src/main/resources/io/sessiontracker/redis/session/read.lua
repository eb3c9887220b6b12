-- Reads sessions without touching them.
-- KEYS: SESSIONS...
-- ARGV: when each was started (6 bytes)
-- Reply: for each its value, after DUE and the deadline if that is sliding; or only the first byte if its format is unknown; empty if it is gone, expired, or another session
-- @include lib/readable
-- @include lib/due
-- @include lib/pack

local reply = {}
for i, key in ipairs(KEYS) do
    local value = call('GET', key)
    if value and not is_readable(value) then
        reply[i] = sub(value, 1, 1)
    else
        local is_same = value and sub(value, STARTED_AT, ABSOLUTE_AT - 1) == ARGV[i] and lives(key, value)
        reply[i] = is_same and due(key, value) .. value or ''
    end
end
return pack(reply)
