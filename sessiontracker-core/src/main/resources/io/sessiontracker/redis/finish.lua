-- Moves the running session to the finished ones, in place of an earlier one.
-- KEYS: running, finished, deletion mark
-- ARGV: only this version (or empty), lifetimes, token, whether to return it (1 or 0)
-- Reply: {DONE} or {DONE, value}, {ALREADY_FINISHED}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local now = time()
local only, token, returning = version_of(ARGV[1]), number(ARGV[3]), ARGV[4] == '1'
local running, finished = live(KEYS[1]), live(KEYS[2])

local function done(key)
    return { DONE, returning and redis.call('GET', key) or nil }
end

local function is_applied(h)
    return h and repeats(token, h.finished_by)
end

-- Sent twice: it is finished, or was resumed by somebody since, who must not be undone.
if is_applied(finished) then
    return done(KEYS[2])
end
if is_applied(running) then
    return done(KEYS[1])
end
-- Sent twice, and deleted by somebody since: what is there now is another session.
if deleted(KEYS[3], is_applied) then
    return { returning and NOT_FOUND or DONE }
end
if running and (not only or is_at(running, only)) then
    set_lifetimes(running, ARGV[2], now)
    running.finished_by = token
    redis.call('RENAME', KEYS[1], KEYS[2])
    redis.call('SETRANGE', KEYS[2], 0, pack(running))
    local reply = done(KEYS[2])
    expire(KEYS[2], running, now)
    return reply
end
if finished and (not only or is_at(finished, only)) then
    return { ALREADY_FINISHED }
end
if running or finished then
    return { VERSION_CONFLICT, (running or finished).version }
end
return { NOT_FOUND }
