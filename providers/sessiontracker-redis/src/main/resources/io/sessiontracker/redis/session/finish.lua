-- Finishes the running session, in place of an earlier finished one.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], FINISHED_INDEX[3] (the first three suffice if no session is indexed)
-- ARGV: expected id and version (or empty), lifetimes, token, whether to return it (1 or 0), its kind
-- Reply: DUE, deadline, DONE, now (6 bytes), value if it is to be returned and it still exists; VERSION_CONFLICT, actual (6 bytes);
--        ALREADY_FINISHED; NOT_FOUND; or INDEX_NEEDED
-- @include lib/move

local running = load_session(RUNNING)

-- Mostly it was not finished before, and there is none to replace.
local is_first = is_expected(running) and sub(running, FINISHED_BY, RESUMED_BY - 1) == NONE and call('EXISTS', FINISHED, TOMBSTONES) == 0
if is_first and is_never_indexed(running) then
    announce_move(running)
    return (move(running, RUNNING, FINISHED, token, time()))
end
-- @include lib/transition
-- @include lib/upkeep

local function finish()
    return transition(running, RUNNING, RUNNING_INDEX, FINISHED, FINISHED_INDEX, token)
end

if is_first and not is_in_turn(token) and not lacks_index(running) then
    announce_move(running)
    return (finish())
end
-- @include lib/purge_stale
-- @include lib/replayed_transition
-- @include lib/load_readable_session

-- An unreadable finished session is replaced like any other; a sweep finds its index entries.
local finished, expired = (running and load_readable_session or load_session)(FINISHED)
if lacks_index(running, finished or expired) then
    return INDEX_NEEDED
end

local function is_applied(raw)
    return raw and repeats(token, sub(raw, FINISHED_BY, RESUMED_BY - 1))
end

local earlier = is_applied(finished) and finished or is_applied(running) and running or recall(TOMBSTONES, is_applied)
if earlier then
    return replayed(earlier, running, finished)
end
if is_expected(running) then
    announce_move(running)
    local replaced = finished or expired
    -- The session's own earlier finish is overwritten as well.
    remember(TOMBSTONES, (replaced and record(replaced) or '') .. (sub(running, FINISHED_BY, RESUMED_BY - 1) ~= NONE and record(running) or ''))
    if replaced and is_indexed(replaced) then
        unindex(FINISHED_INDEX, FINISHED, replaced)
    end
    local reply, now = finish()
    if is_queryable and is_in_turn(token) then
        purge_stale(FINISHED_INDEX, now)
    end
    return reply
end
if is_expected(finished) then
    return ALREADY_FINISHED
end
if running or finished then
    return VERSION_CONFLICT .. sub(running or finished, VERSION, WRITTEN_BY - 1)
end
return NOT_FOUND
