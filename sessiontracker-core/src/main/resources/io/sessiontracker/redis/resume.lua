-- Moves the finished session back to the running ones, unless one runs.
-- KEYS: running, finished, deletion mark
-- ARGV: only this version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: {DONE} or {DONE, value}, {ALREADY_RESUMED}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local now = time()
local only, token, returning = version_of(ARGV[1]), number(ARGV[3]), ARGV[4] == '1'
local running, finished = live(KEYS[1]), live(KEYS[2])

local function done(key)
    return { DONE, returning and redis.call('GET', key) or nil }
end

local function is_applied(h)
    return h and repeats(token, h.resumed_by)
end

-- Sent twice: it runs, or was finished by somebody since, who must not be undone.
if is_applied(running) then
    return done(KEYS[1])
end
if is_applied(finished) then
    return done(KEYS[2])
end
-- Sent twice, and deleted by somebody since: what is there now is another session.
if deleted(KEYS[3], is_applied) then
    return { returning and NOT_FOUND or DONE }
end
if finished and not running and (not only or is_at(finished, only)) then
    set_lifetimes(finished, ARGV[2], now)
    finished.resumed_by = token
    redis.call('RENAME', KEYS[2], KEYS[1])
    redis.call('SETRANGE', KEYS[1], 0, pack(finished))
    local reply = done(KEYS[1])
    expire(KEYS[1], finished, now)
    return reply
end
if running then
    return { ALREADY_RESUMED }
end
if finished then
    return { VERSION_CONFLICT, finished.version }
end
return { NOT_FOUND }
