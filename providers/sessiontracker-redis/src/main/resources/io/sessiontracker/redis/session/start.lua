-- Starts a session unless one runs.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], EXPIRED, AWAITING (the first three suffice if no session is indexed)
-- ARGV: ids (12 bytes each, the new one first), lifetimes, token, whether to touch another that runs (1 or 0), body, the header's
--       field that says whether the session is in the indexes, and announced, or nothing
-- Reply: STARTED, id, started at (6 bytes), for an earlier attempt's start after DUE and the deadline; IN_PROGRESS, value; or
--        INDEX_NEEDED
-- @include lib/time
-- @include lib/lifetimes

local now = time()
local ids, token, body, kind = ARGV[1], ARGV[3], ARGV[5], ARGV[6]
local is_queryable = kind == '' or string.byte(kind) == ANNOUNCED
local new_id = sub(ids, 1, ID_SIZE)

-- Stores a session. Returns its deadline, and when its data are gone at the latest; nothing if they are gone at once.
local function set(raw)
    local deadline, gone, last = deadline_of(raw, now)
    if gone == 0 then
        call('SET', RUNNING, raw)
    elseif gone > now then
        call('SET', RUNNING, raw, 'PXAT', text(gone))
    else
        call('DEL', RUNNING)
        return nil
    end
    return deadline, last
end

local function new_session()
    return string.char(FORMAT, 0, FIELDS - 1 + #kind) .. bytes(now) .. lifetimes_from(ARGV[2], now) .. NONE .. NONE
        .. new_id .. FIRST_VERSION .. token .. NONE .. NONE .. NONE .. kind .. body
end

-- Mostly nothing is stored for the key.
local is_free = call('EXISTS', RUNNING, FINISHED, TOMBSTONES) == 0
if is_free and string.byte(kind) == UNINDEXED then
    set(new_session())
    return STARTED .. new_id .. bytes(now)
end
-- @include lib/add_to_index
-- @include lib/upkeep

local function store(raw, into_index)
    local deadline, last = set(raw)
    if deadline and into_index then
        local member, block = member_of(RUNNING_INDEX, RUNNING, raw), sub(body, INDEXED, BODY_SIZES + struct.unpack(INDEXED_SIZE, body))
        add_to_index(RUNNING_INDEX, member, entry_of(raw, member, block), block, deadline, last, now)
    end
end

local function start()
    store(new_session(), is_queryable)
    return STARTED .. new_id .. bytes(now)
end

if is_free and kind == '' and not is_in_turn(token) then
    return start()
end
-- @include lib/announce

local function announce_start()
    announce(nil, string.byte(kind), new_id .. FIRST_VERSION .. token)
end

if is_free and not is_in_turn(token) then
    announce_start()
    return start()
end
-- @include lib/touch_ttl
-- @include lib/tombstone
-- @include lib/purge_stale
-- @include lib/expired_sessions
-- @include lib/indexed
-- @include lib/due

local running, expired = load_session(RUNNING)
if lacks_index(running, expired) then
    return INDEX_NEEDED
end

local function started(raw, deadline)
    return deadline .. STARTED .. sub(raw, ID, VERSION - 1) .. sub(raw, STARTED_AT, ABSOLUTE_AT - 1)
end

-- By an earlier attempt. Only of a session that still runs is it known when it is due.
local function started_before(raw)
    return started(raw, raw == running and due(RUNNING, raw) or DUE .. UNKNOWN)
end

-- By this call, sent before, or by another attempt: their ids begin with the operation.
local function was_started(raw)
    return raw and sub(raw, ID, ID + 4) == sub(token, 1, 5)
end

local function start_again()
    local was_resumed = sub(running, RESUMED_BY, ID - 1) ~= NONE
    local latest = sub(running, WRITTEN_BY, WRITTEN_BY + NUMBER_SIZE - 1)
    local kept = is_same(token, latest) and sub(running, WRITTEN_BY + NUMBER_SIZE, FIELDS - 1) or sub(running, WRITTEN_BY, FIELDS - NUMBER_SIZE - 1)
    local lifetimes = was_resumed and sub(running, ABSOLUTE_AT, FINISHED_BY - 1)
        or lifetimes_from(ARGV[2], number(running, STARTED_AT))
    -- Its kind comes with its lifetimes.
    local new_kind, new_is_queryable = kind, is_queryable
    if was_resumed then
        new_kind, new_is_queryable = kind_of(running), is_indexed(running)
    end
    announce(string.byte(running, FIELDS), string.byte(new_kind), sub(running, ID, WRITTEN_BY - 1) .. token)
    if is_indexed(running) then
        unindex(RUNNING_INDEX, RUNNING, running)
    end
    local header_fields = new_kind .. other_fields(running)
    local again = string.char(FORMAT) .. struct.pack(SIZE, FIELDS - 1 + #header_fields) .. sub(running, STARTED_AT, ABSOLUTE_AT - 1) .. lifetimes
        .. sub(running, FINISHED_BY, WRITTEN_BY - 1) .. token .. kept .. header_fields .. body
    store(again, new_is_queryable)
    return started(again, DUE .. bytes((deadline_of(again, now))))
end

local function is_this_session(raw)
    if not raw or number(raw, VERSION) ~= 1 then
        return false
    end
    local id = sub(raw, ID, VERSION - 1)
    -- No earlier call used the new id, so a session that has it and was resumed is at a later stage of its life.
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
    local written_by = sub(running, WRITTEN_BY, WRITTEN_BY + NUMBER_SIZE - 1)
    local by_later_attempt = repeats(written_by, token) and written_by ~= token
    return by_later_attempt and started_before(running) or start_again()
end
if was_started(running or expired) then
    return started_before(running or expired)
end
-- An unreadable finished session must not prevent a start.
local finished = head_of(FINISHED)
finished = is_readable(finished) and lives(FINISHED, finished) and finished or nil
local replayed_start = was_started(finished) and finished or recall(TOMBSTONES, was_started)
if replayed_start then
    return started_before(replayed_start)
end
if running then
    -- Before Redis 7.2 its time can run out while the script runs: then touching it removes it.
    local value = call('GET', RUNNING)
    if ARGV[4] == '1' then
        touch(RUNNING, running, RUNNING_INDEX)
    end
    return IN_PROGRESS .. value
end
announce_start()
if expired then
    remember(TOMBSTONES, record(expired))
    set_aside(RUNNING_INDEX, RUNNING, expired, EXPIRED, AWAITING)
end
if is_queryable and is_in_turn(token) then
    purge_stale(RUNNING_INDEX, now)
end
return start()
