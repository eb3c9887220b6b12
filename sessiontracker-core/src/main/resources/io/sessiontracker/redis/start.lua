-- Starts a session unless one runs.
-- KEYS: running, finished, mark, the running ones' index, shelf, what is untold
-- ARGV: ids (12 bytes each, the new one first), lifetimes, token, whether to touch another that runs (1 or 0), body
-- Reply: {STARTED, id, started at} or {IN_PROGRESS, value}

local now, micros = time()
local ids, token, body = ARGV[1], number(ARGV[3]), ARGV[5]
local new_id = string.sub(ids, 1, 12)
local running, due = live(KEYS[1])
local index = index_at(4)

local function started(h)
    return { STARTED, h.id, h.started_at }
end

-- By this call, sent before, or by another attempt, whatever id that brought.
local function was_started(h)
    return h and (h.id == new_id or is_same(token, h.written_by))
end

local function store(h)
    if h == running then
        unindex(index, KEYS[1], h)
    end
    h.written_by = token
    if h.resumed_by == 0 then
        set_lifetimes(h, ARGV[2], h.started_at)
    end
    redis.call('SET', KEYS[1], pack(h) .. body)
    expire(KEYS[1], h, now)
    add_to_index(index, KEYS[1], h, block_in(body), now)
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
if was_started(running or due) then
    return started(running or due)
end
-- A finished session that nobody can read must not keep others from starting.
local finished = is_readable(header_of(KEYS[2])) and live(KEYS[2])
local sent_before = was_started(finished) and finished or recall(KEYS[3], was_started)
if sent_before then
    return started(sent_before)
end
if running then
    if ARGV[4] == '1' then
        touch(KEYS[1], running, 4, now)
    end
    return { IN_PROGRESS, redis.call('GET', KEYS[1]) }
end
if due then
    remember(KEYS[3], record(due.raw))
    set_aside(index, KEYS[1], due, KEYS[7], KEYS[8], now, micros)
end
return store({ id = new_id, version = 1, started_at = now, finished_by = 0, resumed_by = 0 })
