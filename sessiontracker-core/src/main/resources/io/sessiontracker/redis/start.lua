-- Starts a session unless one runs.
-- KEYS: running, finished, deletion mark
-- ARGV: ids (12 bytes each, the new one first), lifetimes, token, whether to touch another that runs (1 or 0), body
-- Reply: {STARTED, id, started at} or {IN_PROGRESS, value}

local now = time()
local ids, token, body = ARGV[1], number(ARGV[3]), ARGV[5]
local new_id = string.sub(ids, 1, 12)
local running = live(KEYS[1])

local function started(h)
    return { STARTED, h.id, h.started_at }
end

local function has_new_id(h)
    return h and h.id == new_id
end

local function store(h)
    h.written_by = token
    set_lifetimes(h, ARGV[2], h.started_at)
    redis.call('SET', KEYS[1], pack(h) .. body)
    expire(KEYS[1], h, now)
    return started(h)
end

local function is_this_session(h)
    if not h or h.version ~= 1 then
        return false
    end
    -- Nobody used the new id before this call, so one that was moved since is at a later stage of its life.
    if h.id == new_id then
        return h.resumed_by == 0
    end
    for first = 13, #ids, 12 do
        if h.id == string.sub(ids, first, first + 11) then
            return true
        end
    end
    return false
end

if is_this_session(running) then
    local by_later_attempt = repeats(running.written_by, token) and running.written_by ~= token
    return by_later_attempt and started(running) or store(running)
end
if has_new_id(running) then
    return started(running)
end
local finished = live(KEYS[2])
local sent_before = has_new_id(finished) and finished or deleted(KEYS[3], has_new_id)
if sent_before then
    return started(sent_before)
end
if running then
    if ARGV[4] == '1' then
        touch(KEYS[1], running, now)
    end
    return { IN_PROGRESS, redis.call('GET', KEYS[1]) }
end
return store({ id = new_id, version = 1, started_at = now, finished_by = 0, resumed_by = 0 })
