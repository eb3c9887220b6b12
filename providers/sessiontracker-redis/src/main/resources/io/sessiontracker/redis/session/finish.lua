-- Moves the running session to the finished ones, in place of an earlier one.
-- KEYS: running, finished, tombstones, the running ones' index, the finished ones' index
-- ARGV: only this id and version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: DONE, now (6 bytes), value if it is to be returned and not gone since; VERSION_CONFLICT, actual (6 bytes);
--        ALREADY_FINISHED; or NOT_FOUND
-- @include lib/transition

local running = load_session(KEYS[1])

local function finish()
    return move(running, KEYS[1], 4, KEYS[2], 7, token)
end

-- Mostly it was not finished before, and there is none to replace.
if is_meant(running) and sub(running, FINISHED_BY, RESUMED_BY - 1) == NONE and call('EXISTS', KEYS[2], KEYS[3]) == 0 and not is_in_turn(token) then
    return (finish())
end
-- @include lib/purge_stale
-- @include lib/replayed_transition
-- @include lib/load_readable_session

-- One that nobody can read is replaced like others; a sweep finds what the index has of it.
local finished, due = (running and load_readable_session or load_session)(KEYS[2])

local function is_applied(raw)
    return raw and repeats(token, sub(raw, FINISHED_BY, RESUMED_BY - 1))
end

local earlier = is_applied(finished) and finished or is_applied(running) and running or recall(KEYS[3], is_applied)
if earlier then
    return replayed(earlier, running, finished)
end
if is_meant(running) then
    local replaced = finished or due
    -- Its own earlier finish is overwritten as well.
    remember(KEYS[3], (replaced and record(replaced) or '') .. (sub(running, FINISHED_BY, RESUMED_BY - 1) ~= NONE and record(running) or ''))
    if replaced then
        unindex(7, KEYS[2], replaced)
    end
    local reply, now = finish()
    if is_in_turn(token) then
        purge_stale(7, now)
    end
    return reply
end
if is_meant(finished) then
    return ALREADY_FINISHED
end
if running or finished then
    return VERSION_CONFLICT .. sub(running or finished, VERSION, WRITTEN_BY - 1)
end
return NOT_FOUND
