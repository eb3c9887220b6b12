-- Replaces the running session's data if it is at the expected version.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3]
-- ARGV: expected id and version, and last write or nothing; id and version after the update; token; body
-- Reply: DUE, deadline, DONE, now (6 bytes); DONE, now, if it was done before; VERSION_CONFLICT, actual (6 bytes), value if the last write was given; ALREADY_FINISHED; or NOT_FOUND
-- @include lib/load_session
-- @include lib/extend_index_ttl
-- @include lib/time
-- @include lib/announce

local expected, updated, token, body = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local running = load_session(RUNNING)
local size = running and struct.unpack(SIZE, running, HEADER_SIZE)
local indexed_end = BODY_SIZES + struct.unpack(INDEXED_SIZE, body)

-- Stores the body with the TTL that a touch gives, and beside this token those that are kept of earlier writes. Returns the reply, and
-- what is stored.
local function store(now, kept)
    local raw = sub(running, 1, ID - 1) .. updated .. token .. kept .. sub(running, FIELDS, size) .. body
    local kind = string.byte(raw, FIELDS)
    if kind >= ANNOUNCED then
        announce(kind, kind, updated .. token)
    end
    local deadline, sliding, tolerance, retention = struct.unpack(LIFETIMES, running, ABSOLUTE_AT)
    if sliding == 0 then
        call('SET', RUNNING, raw, 'KEEPTTL')
    elseif deadline == 0 then
        deadline = now + sliding + tolerance
        call('SET', RUNNING, raw, 'PXAT', text(deadline + retention))
        if kind < ANNOUNCED_UNINDEXED then
            extend_index_ttl(RUNNING_INDEX, sliding + tolerance + retention)
        end
    else
        deadline = math.min(now + sliding + tolerance, deadline)
        call('SET', RUNNING, raw, 'PXAT', text(deadline + retention))
    end
    return DUE .. bytes(deadline) .. DONE .. bytes(now), raw
end

-- Mostly the indexed properties are as before, if there are any: then the index stays as it is.
if running and sub(running, ID, ID - 1 + #expected) == expected and sub(running, size + 1, size + INDEXED_SIZE_BYTES) == sub(body, 1, INDEXED_SIZE_BYTES)
        and sub(running, size + INDEXED, size + indexed_end) == sub(body, INDEXED, indexed_end) then
    return (store(time(), sub(running, WRITTEN_BY, FIELDS - NUMBER_SIZE - 1)))
end
-- @include lib/unindex
-- @include lib/lifetimes
-- @include lib/add_to_index
-- @include lib/tombstone
-- @include lib/load_readable_session
-- @include lib/indexed

-- Whether this call, replayed, or an earlier attempt stored what is there now.
local function is_latest(raw)
    return raw and sub(raw, ID, WRITTEN_BY - 1) == updated and repeats(token, sub(raw, WRITTEN_BY, WRITTEN_BY + NUMBER_SIZE - 1))
end

-- Whether it was applied, maybe before later writes. An earlier attempt may have had other data, so then only this very attempt counts.
local function is_applied(raw)
    if is_latest(raw) then
        return true
    elseif not raw or sub(raw, ID, VERSION - 1) ~= sub(updated, 1, ID_SIZE) then
        return false
    end
    local written_by = WRITTEN_BY + NUMBER_SIZE * (number(raw, VERSION) - number(updated, ID_SIZE + 1))
    return written_by >= WRITTEN_BY and written_by < FIELDS and sub(raw, written_by, written_by + NUMBER_SIZE - 1) == token
end

local is_retried = is_latest(running)
if running and (is_retried or sub(running, ID, ID - 1 + #expected) == expected) then
    local now, member = time(), nil
    if is_indexed(running) then
        member = unindex(RUNNING_INDEX, RUNNING, running)
    end
    local reply, raw = store(now, is_retried and sub(running, WRITTEN_BY + NUMBER_SIZE, FIELDS - 1) or sub(running, WRITTEN_BY, FIELDS - NUMBER_SIZE - 1))
    if member then
        local deadline, _, last = deadline_of(raw, now)
        local block = sub(body, INDEXED, indexed_end)
        add_to_index(RUNNING_INDEX, member, entry_of(raw, member, block), block, deadline, last, now)
    end
    return reply
end
local finished = (running and load_readable_session or load_session)(FINISHED)
if is_applied(running) or is_applied(finished) or recall(TOMBSTONES, is_applied) then
    return DONE .. bytes(time())
end
if running then
    return VERSION_CONFLICT .. sub(running, VERSION, WRITTEN_BY - 1) .. (#expected > WRITTEN_BY - ID and call('GET', RUNNING) or '')
end
return finished and ALREADY_FINISHED or NOT_FOUND
