-- Resumes the finished session, unless one runs.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], FINISHED_INDEX[3], EXPIRED, AWAITING (the first three suffice if no session
--       is indexed)
-- ARGV: expected id and version (or empty), lifetimes, token, whether to return it (1 or 0), its kind
-- Reply: DUE, deadline, DONE, now (6 bytes), value if it is to be returned and it still exists; VERSION_CONFLICT, actual (6 bytes);
--        ALREADY_RESUMED; NOT_FOUND; or INDEX_NEEDED
-- @include lib/move

local finished = load_session(FINISHED)

local function tokens()
    return sub(finished, FINISHED_BY, RESUMED_BY - 1) .. token
end

-- Mostly nothing is in its way, and it was not resumed before: otherwise its second finish would have left a tombstone.
local is_first = is_expected(finished) and call('EXISTS', RUNNING, TOMBSTONES) == 0
if is_first and is_never_indexed(finished) then
    announce_move(finished)
    return (move(finished, FINISHED, RUNNING, tokens(), time()))
end
-- @include lib/transition

local function resume()
    return transition(finished, FINISHED, FINISHED_INDEX, RUNNING, RUNNING_INDEX, tokens())
end

if is_first and not lacks_index(finished) then
    announce_move(finished)
    return (resume())
end
-- @include lib/replayed_transition
-- @include lib/expired_sessions

local running, expired = load_session(RUNNING)
if lacks_index(finished, running or expired) then
    return INDEX_NEEDED
end

local function is_applied(raw)
    return raw and repeats(token, sub(raw, RESUMED_BY, ID - 1))
end

local earlier = is_applied(running) and running or is_applied(finished) and finished or recall(TOMBSTONES, is_applied)
if earlier then
    return replayed(earlier, running, finished)
end
if is_expected(finished) and not running then
    announce_move(finished)
    -- The session's own earlier resume is overwritten as well.
    remember(TOMBSTONES, (expired and record(expired) or '') .. (sub(finished, RESUMED_BY, ID - 1) ~= NONE and record(finished) or ''))
    if expired then
        set_aside(RUNNING_INDEX, RUNNING, expired, EXPIRED, AWAITING)
    end
    return (resume())
end
if running then
    return ALREADY_RESUMED
end
if finished then
    return VERSION_CONFLICT .. sub(finished, VERSION, WRITTEN_BY - 1)
end
return NOT_FOUND
