-- Gives the running session other lifetimes, and touches it.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3]
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

local now = time()
local changed = sub(lifetimes_from(ARGV[2], now), 1, RETENTION - ABSOLUTE_AT)
local after = sub(running, 1, ABSOLUTE_AT - 1) .. changed .. sub(running, RETENTION)
local deadline, gone, last = deadline_of(after, now)
-- A copy in a process's memory may be used for as long as the lifetimes said that it was loaded with.
local kind = string.byte(running, FIELDS)
announce(kind, kind, ENDED)
local member, block
if is_indexed(running) then
    member, block = unindex(RUNNING_INDEX, RUNNING, running)
end
call('SETRANGE', RUNNING, ABSOLUTE_AT_OFFSET, changed)
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
