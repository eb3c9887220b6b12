-- Moves the finished session back to the running ones, unless one runs.
-- KEYS: running, finished, mark, the running ones' index, the finished ones' index, shelf, what is untold
-- ARGV: only this version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: {DONE, now} or {DONE, now, value} (if it is gone since, without it), {ALREADY_RESUMED}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local now, micros = time()
local only, token, returning = version_of(ARGV[1]), number(ARGV[3]), ARGV[4] == '1'
local running, due = live(KEYS[1])
local finished = live(KEYS[2])

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
    return h and repeats(token, h.resumed_by)
end

-- Sent twice: others may have moved it, replaced it or deleted it since, and must not be undone.
local earlier = is_applied(running) and running or is_applied(finished) and finished or recall(KEYS[3], is_applied)
if earlier then
    return done_before(earlier)
end
if finished and not running and (not only or is_at(finished, only)) then
    local running_index = index_at(4)
    -- Its own earlier resume is overwritten as well.
    remember(KEYS[3], (due and record(due.raw) or '') .. (finished.resumed_by ~= 0 and record(finished.raw) or ''))
    if due then
        set_aside(running_index, KEYS[1], due, KEYS[10], KEYS[11], now, micros)
    end
    local block = unindex(index_at(7), KEYS[2], finished)
    set_lifetimes(finished, ARGV[2], now)
    finished.resumed_by = token
    redis.call('RENAME', KEYS[2], KEYS[1])
    redis.call('SETRANGE', KEYS[1], 0, pack(finished))
    local reply = done(KEYS[1])
    expire(KEYS[1], finished, now)
    add_to_index(running_index, KEYS[1], finished, block, now)
    return reply
end
if running then
    return { ALREADY_RESUMED }
end
if finished then
    return { VERSION_CONFLICT, finished.version }
end
return { NOT_FOUND }
