-- Gives the running session other lifetimes, and touches it.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3], REMINDER_TIMES
-- ARGV: id, or nothing for any; lifetimes, whose retention does not count
-- Reply: DUE, deadline, DONE; VERSION_CONFLICT, actual (6 bytes); ALREADY_FINISHED; or NOT_FOUND
-- @include lib/load_session
-- @include lib/time
-- @include lib/lifetimes
-- @include lib/indexed
-- @include lib/announce
-- @include lib/unindex
-- @include lib/add_to_index

local running = load_session(RUNNING)
if not running then
    return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
end
if ARGV[1] ~= '' and sub(running, ID, VERSION - 1) ~= ARGV[1] then
    return VERSION_CONFLICT .. sub(running, VERSION, WRITTEN_BY - 1)
end

-- In place of the token of a resume: as after one, the lifetimes are not those of the start, which so does not give them again when it
-- is sent again.
-- @define OTHER_LIFETIMES '\255\255\255\255\255\255'

local now = time()
local lifetimes = lifetimes_from(ARGV[2], now)
local absolute_at = struct.unpack(NUMBER, lifetimes)
-- The retention counts from now at the earliest: what is over is delivered all the same.
if absolute_at > 0 and absolute_at < now then
    lifetimes = bytes(now) .. sub(lifetimes, SLIDING - ABSOLUTE_AT + 1)
end
local resumed_by = sub(running, RESUMED_BY, ID - 1)
local changed = sub(lifetimes, 1, RETENTION - ABSOLUTE_AT) .. sub(running, RETENTION, RESUMED_BY - 1)
    .. (resumed_by == NONE and OTHER_LIFETIMES or resumed_by)
local after = sub(running, 1, ABSOLUTE_AT - 1) .. changed .. sub(running, ID)
local deadline, gone, last = deadline_of(after, now)
-- A copy in a process's memory may be used for as long as the lifetimes said that it was loaded with.
local kind = string.byte(running, FIELDS)
announce(kind, kind, ENDED)
local member, block
if is_indexed(running) then
    member, block = unindex(RUNNING_INDEX, RUNNING, running)
end
call('SETRANGE', RUNNING, ABSOLUTE_AT_OFFSET, changed)
-- A reminder before the deadline may be due earlier than it was.
call('ZADD', REMINDER_TIMES, 'XX', 'LT', text(now), sub(RUNNING, #REMINDER_TIMES + 1))
if gone == 0 then
    call('PERSIST', RUNNING)
else
    call('PEXPIREAT', RUNNING, text(gone))
end
if member and (gone == 0 or gone > now) then
    add_to_index(RUNNING_INDEX, member, entry_of(after, member, block), block, deadline, last, now)
elseif member and is_endless(running) then
    end_index(RUNNING_INDEX, now)
end
return DUE .. bytes(deadline) .. DONE
