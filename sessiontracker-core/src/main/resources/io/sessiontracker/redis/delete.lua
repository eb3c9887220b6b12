-- Removes the running and the finished session, or one of the two. The mark remembers by which operation, so that a call that
-- is sent again is recognised; one that comes later has nothing to undo.
-- KEYS: running, finished, mark, the running ones' index, the finished ones' index
-- ARGV: only this version (or empty), token, whether to return what is removed, whether the running one is meant, whether the finished one
-- is (each 1 or 0)
-- Reply: {DONE, now} or {DONE, now, value}, {VERSION_CONFLICT, actual} or {NOT_FOUND}

local now = time()
local only, token, returning = version_of(ARGV[1]), number(ARGV[2]), ARGV[3] == '1'

local function is_applied(_, deleted_by)
    return repeats(token, deleted_by)
end

if recall(KEYS[3], is_applied) then
    return { DONE, now }
end

-- What nobody can read can be removed by its key, and only so.
local function is_unreadable(key)
    local raw = header_of(key)
    return not only and raw ~= '' and not is_readable(raw)
end

local function look(key, is_meant)
    if not is_meant then
        return nil
    end
    return is_unreadable(key) and { raw = string.rep('\0', HEADER_SIZE), is_unreadable = true } or live(key)
end

local running, finished = look(KEYS[1], ARGV[4] == '1'), look(KEYS[2], ARGV[5] == '1')
if not running and not finished then
    return { NOT_FOUND }
end

-- Without its header they must be looked for.
local function remove_entries(index, key)
    for _, entry in ipairs(redis.call('ZRANGEBYSCORE', index.deadlines, '-inf', '+inf')) do
        local _, place, block = parse_entry(entry)
        if string.sub(place, 7) == session_key(index, key) then
            remove_entry(index, entry, place, block)
        end
    end
end

local value
local function remove(key, h, first)
    if not h or only and not is_at(h, only) then
        return ''
    end
    if h.is_unreadable then
        remove_entries(index_at(first), key)
    else
        value = value or returning and redis.call('GET', key) or nil
        unindex(index_at(first), key, h)
    end
    redis.call('DEL', key)
    return record(h.raw, token)
end

local removed = remove(KEYS[1], running, 4) .. remove(KEYS[2], finished, 7)
if removed == '' then
    return { VERSION_CONFLICT, (running or finished).version }
end
remember(KEYS[3], removed)
return { DONE, now, value }
