-- Starts a session unless one runs.
-- KEYS: running, finished, tombstones, the running ones' index, expired sessions, the keys awaiting delivery
-- ARGV: ids (12 bytes each, the new one first), lifetimes, token, whether to touch another that runs (1 or 0), body
-- Reply: STARTED, id, started at (6 bytes); or IN_PROGRESS, value
-- @include lib/reindex

local now = time()
local ids, token, body = ARGV[1], ARGV[3], ARGV[5]
local new_id = sub(ids, 1, 12)

local function store(raw)
    local deadline, gone, last = deadline_of(raw, now)
    if gone == 0 then
        call('SET', KEYS[1], raw)
    elseif gone > now then
        call('SET', KEYS[1], raw, 'PXAT', text(gone))
    else
        call('DEL', KEYS[1])
        return
    end
    local member, block = member_of(4, KEYS[1], raw), sub(body, 7, 6 + struct.unpack('>I3', body))
    add_to_index(4, member, entry_of(raw, member, block), block, deadline, last, now)
end

local function start()
    store(string.char(FORMAT, 0, FIELDS - 1) .. bytes(now) .. lifetimes_from(ARGV[2], now) .. NONE .. NONE
        .. new_id .. '\0\0\0\0\0\1' .. token .. NONE .. NONE .. NONE .. body)
    return STARTED .. new_id .. bytes(now)
end

-- Mostly nothing is known of the key.
if call('EXISTS', KEYS[1], KEYS[2], KEYS[3]) == 0 and not is_in_turn(token) then
    return start()
end
-- @include lib/touch_ttl
-- @include lib/tombstone
-- @include lib/purge_stale
-- @include lib/expired_sessions

local running, due = load_session(KEYS[1])

local function started(raw)
    return STARTED .. sub(raw, ID, VERSION - 1) .. sub(raw, STARTED_AT, ABSOLUTE_AT - 1)
end

-- By this call, sent before, or by another attempt: their ids begin with the operation.
local function was_started(raw)
    return raw and sub(raw, ID, ID + 4) == sub(token, 1, 5)
end

local function start_again()
    unindex(4, KEYS[1], running)
    local is_moved = sub(running, RESUMED_BY, ID - 1) ~= NONE
    local latest = sub(running, WRITTEN_BY, WRITTEN_BY + 5)
    local kept = is_same(token, latest) and sub(running, WRITTEN_BY + 6, FIELDS - 1) or sub(running, WRITTEN_BY, FIELDS - 7)
    local lifetimes = is_moved and sub(running, ABSOLUTE_AT, FINISHED_BY - 1)
        or lifetimes_from(ARGV[2], number(running, STARTED_AT))
    store(sub(running, 1, ABSOLUTE_AT - 1) .. lifetimes .. sub(running, FINISHED_BY, WRITTEN_BY - 1) .. token .. kept
        .. sub(running, FIELDS, struct.unpack(SIZE, running, HEADER_SIZE)) .. body)
    return started(running)
end

local function is_this_session(raw)
    if not raw or number(raw, VERSION) ~= 1 then
        return false
    end
    local id = sub(raw, ID, VERSION - 1)
    -- Nobody used the new id before this call, so one that was moved since is at a later stage of its life.
    if id == new_id then
        return sub(raw, RESUMED_BY, ID - 1) == NONE
    end
    for first = 13, #ids, 12 do
        if id == sub(ids, first, first + 11) then
            return true
        end
    end
    return false
end

if is_this_session(running) then
    local written_by = sub(running, WRITTEN_BY, WRITTEN_BY + 5)
    local by_later_attempt = repeats(written_by, token) and written_by ~= token
    return by_later_attempt and started(running) or start_again()
end
if was_started(running or due) then
    return started(running or due)
end
-- A finished session that nobody can read must not keep others from starting.
local finished = head_of(KEYS[2])
finished = is_readable(finished) and lives(KEYS[2], finished) and finished or nil
local replayed_start = was_started(finished) and finished or recall(KEYS[3], was_started)
if replayed_start then
    return started(replayed_start)
end
if running then
    -- Before Redis 7.2 its time can run out while the script runs: then touching it removes it.
    local value = call('GET', KEYS[1])
    if ARGV[4] == '1' then
        touch(KEYS[1], running, 4)
    end
    return IN_PROGRESS .. value
end
if due then
    remember(KEYS[3], record(due))
    set_aside(4, KEYS[1], due, KEYS[7], KEYS[8])
end
if is_in_turn(token) then
    purge_stale(4, now)
end
return start()
