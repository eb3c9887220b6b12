-- Removes the running and the finished session. For a minute a mark remembers by which operation, and the headers of what
-- was removed, so that a call that is sent again is recognised; one that comes later has nothing to undo.
-- KEYS: running, finished, deletion mark
-- ARGV: only this version (or empty), token
-- Reply: {DONE}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local MARK_MILLIS = 60000

local only, token = version_of(ARGV[1]), number(ARGV[2])
local mark = redis.call('GETRANGE', KEYS[3], 0, 5)
if mark ~= '' and repeats(token, number(mark)) then
    return { DONE }
end
local running, finished = live(KEYS[1]), live(KEYS[2])
if not running and not finished then
    return { NOT_FOUND }
end

local function remove(key, h)
    if h and (not only or is_at(h, only)) then
        redis.call('DEL', key)
        return h.raw
    end
    return ''
end

local removed = remove(KEYS[1], running) .. remove(KEYS[2], finished)
if removed == '' then
    return { VERSION_CONFLICT, (running or finished).version }
end
redis.call('SET', KEYS[3], ARGV[2] .. removed, 'PX', MARK_MILLIS)
return { DONE }
