-- Shared by the scripts that change reminders with the write of their session.
-- @include lib/reminders

-- Parts of a change: how long after now, how long before the deadline, both 0 to cancel; size of the name, the name.
-- @define CHANGE '>I6I6I1'
-- @define CHANGE_BYTES 13

-- Returns a session's header, if that write stored it last.
local function written_by(running, token)
    local raw = call('GETRANGE', running, '0', HEAD_LAST)
    return #raw >= FIELDS - 1 and sub(raw, WRITTEN_BY, WRITTEN_BY + NUMBER_SIZE - 1) == token and raw or nil
end

-- Makes the changes if this call stored the session, and did not find it stored: then it was sent before.
local function change_reminders(running, token, was_written, reminders, times, changes)
    local raw = written_by(running, token)
    if was_written or not raw then
        return
    end
    local now, owner, first = time(), owner_of(raw), 1
    local deadline, sliding, absolute = expiry_of(running, raw)
    while first < #changes do
        local after, before, size = struct.unpack(CHANGE, changes, first)
        local name = sub(changes, first + CHANGE_BYTES, first + CHANGE_BYTES + size - 1)
        first = first + CHANGE_BYTES + size
        if after == 0 and before == 0 then
            call('HDEL', reminders, name)
        else
            local at = after > 0 and now + after or 0
            before = math.min(before, now)
            local next = next_look(at, before, 0, deadline, sliding, absolute, now)
            call('ZADD', times, 'LT', text(next), application_key(running, times))
            store_reminder(reminders, times, name, at, before, 0, next, 0, owner, now)
        end
    end
end
