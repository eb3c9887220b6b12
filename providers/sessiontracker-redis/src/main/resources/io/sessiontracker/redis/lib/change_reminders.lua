-- Shared by the scripts that change reminders with the write of their session.
-- @include lib/reminders

-- Parts of a change: how long after now, how long before the deadline, both 0 to cancel; size of the name, the name.
-- @define CHANGE '>I6I6I1'
-- @define CHANGE_BYTES 13

-- Makes the changes if it is this call that stored the session, as it is; it may have been sent before.
local function change_reminders(running, token, reminders, times, changes)
    local raw = call('GETRANGE', running, '0', HEAD_LAST)
    if #raw < FIELDS - 1 or sub(raw, WRITTEN_BY, WRITTEN_BY + NUMBER_SIZE - 1) ~= token then
        return
    end
    local now, owner, first = time(), owner_of(raw), 1
    local deadline, sliding = expiry_of(running, raw)
    while first < #changes do
        local after, before, size = struct.unpack(CHANGE, changes, first)
        local name = sub(changes, first + CHANGE_BYTES, first + CHANGE_BYTES + size - 1)
        first = first + CHANGE_BYTES + size
        if after == 0 and before == 0 then
            call('HDEL', reminders, name)
        else
            local at = after > 0 and now + after or 0
            before = math.min(before, now)
            local next = next_look(at, before, 0, deadline, sliding, now)
            call('ZADD', times, 'LT', text(next), application_key(running, times))
            store_reminder(reminders, times, name, at, before, 0, next, 0, owner, now)
        end
    end
end
