-- Moves the finished session back to the running ones, unless one runs.
-- KEYS: running, finished, tombstones, the running ones' index, the finished ones' index, expired sessions, the keys awaiting delivery
-- ARGV: only this id and version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: DONE, now (6 bytes), value if it is to be returned and not gone since; VERSION_CONFLICT, actual (6 bytes);
--        ALREADY_RESUMED; or NOT_FOUND
-- @include lib/transition

local finished = load_session(KEYS[2])

local function resume()
    return move(finished, KEYS[2], 7, KEYS[1], 4, sub(finished, FINISHED_BY, RESUMED_BY - 1) .. token)
end

-- Mostly nothing is in its way, and it was not resumed before: then its second finish would have left a tombstone.
if is_meant(finished) and call('EXISTS', KEYS[1], KEYS[3]) == 0 then
    return (resume())
end
-- @include lib/replayed_transition
-- @include lib/expired_sessions

local running, due = load_session(KEYS[1])

local function is_applied(raw)
    return raw and repeats(token, sub(raw, RESUMED_BY, ID - 1))
end

local earlier = is_applied(running) and running or is_applied(finished) and finished or recall(KEYS[3], is_applied)
if earlier then
    return replayed(earlier, running, finished)
end
if is_meant(finished) and not running then
    -- Its own earlier resume is overwritten as well.
    remember(KEYS[3], (due and record(due) or '') .. (sub(finished, RESUMED_BY, ID - 1) ~= NONE and record(finished) or ''))
    if due then
        set_aside(4, KEYS[1], due, KEYS[10], KEYS[11])
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
