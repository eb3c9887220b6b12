-- Acknowledges deliveries of reminders: removes those of a given time; those before the deadline wait for the next one.
-- KEYS: REMINDER_TIMES, DELIVERED... (for each claim the reminders of its key)
-- ARGV: for each claim: name, when it was due, the session's id, the session's key
-- Reply: empty
-- @include lib/reminders

local now = time()
for i = DELIVERED, #KEYS do
    local claim = 4 * (i - DELIVERED) + 1
    local name, moment, id, key = ARGV[claim], tonumber(ARGV[claim + 1]), ARGV[claim + 2], ARGV[claim + 3]
    local record = call('HGET', KEYS[i], name)
    if record and sub(record, OWNER, OWNER + ID_SIZE - 1) == id then
        local at, before, delivered, _, attempts = struct.unpack(REMINDER, record)
        if at > 0 and at == moment then
            call('HDEL', KEYS[i], name)
            if call('HLEN', KEYS[i]) == 0 then
                call('ZREM', REMINDER_TIMES, key)
            end
        elseif at == 0 and attempts > 0 and moment + before ~= delivered then
            store_reminder(KEYS[i], REMINDER_TIMES, name, 0, before, moment + before, now, 0, sub(record, OWNER), now)
            call('ZADD', REMINDER_TIMES, 'LT', text(now), key)
        end
    end
end
return ''
