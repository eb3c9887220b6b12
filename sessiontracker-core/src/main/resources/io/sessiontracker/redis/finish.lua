-- Moves the running session to the finished ones, in place of an earlier one.
-- KEYS: running, finished, mark, the running ones' index, the finished ones' index
-- ARGV: only this version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: {DONE, now} or {DONE, now, value} (if it is gone since, without it), {ALREADY_FINISHED}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local now = time()
local only, token, returning = version_of(ARGV[1]), number(ARGV[3]), ARGV[4] == '1'
local running = live(KEYS[1])
local finished, due = live(KEYS[2])

local function done(key)
    return { DONE, now, returning and redis.call('GET', key) or nil }
end

-- Wherever it is now; without the session if it is gone.
local function done_before(h)
    if running and running.id == h.id then
        return done(KEYS[1])
    end
    return finished and finished.id == h.id and done(KEYS[2]) or { DONE, now }
end

local function is_applied(h)
    return h and repeats(token, h.finished_by)
end

-- Sent twice: others may have moved it, replaced it or deleted it since, and must not be undone.
local earlier = is_applied(finished) and finished or is_applied(running) and running or recall(KEYS[3], is_applied)
if earlier then
    return done_before(earlier)
end
if running and (not only or is_at(running, only)) then
    local replaced = finished or due
    -- Its own earlier finish is overwritten as well.
    remember(KEYS[3], (replaced and record(replaced.raw) or '') .. (running.finished_by ~= 0 and record(running.raw) or ''))
    local finished_index = index_at(7)
    local block = unindex(index_at(4), KEYS[1], running)
    if replaced then
        unindex(finished_index, KEYS[2], replaced)
    end
    set_lifetimes(running, ARGV[2], now)
    running.finished_by = token
    redis.call('RENAME', KEYS[1], KEYS[2])
    redis.call('SETRANGE', KEYS[2], 0, pack(running))
    local reply = done(KEYS[2])
    expire(KEYS[2], running, now)
    add_to_index(finished_index, KEYS[2], running, block, now)
    return reply
end
if finished and (not only or is_at(finished, only)) then
    return { ALREADY_FINISHED }
end
if running or finished then
    return { VERSION_CONFLICT, (running or finished).version }
end
return { NOT_FOUND }
