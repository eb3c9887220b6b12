-- Replaces the running session's data if it is at the expected version.
-- KEYS: running, finished, tombstones, the running ones' index
-- ARGV: id and version that are expected, the same after the update, token, body
-- Reply: DONE, now (6 bytes); VERSION_CONFLICT, actual (6 bytes); ALREADY_FINISHED; or NOT_FOUND
-- @include lib/load_session
-- @include lib/extend_index_ttl
-- @include lib/time

local expected, updated, token, body = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local running = load_session(KEYS[1])
local size = running and struct.unpack(SIZE, running, HEADER_SIZE)
local indexed = 6 + struct.unpack('>I3', body)

-- With the TTL that a touch gives it, and beside its token those that are kept of earlier writes.
local function store(now, kept)
    local raw = sub(running, 1, ID - 1) .. updated .. token .. kept .. sub(running, FIELDS, size) .. body
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, running, ABSOLUTE_AT)
    if sliding == 0 then
        call('SET', KEYS[1], raw, 'KEEPTTL')
    elseif absolute_at == 0 then
        local ttl = sliding + tolerance + retention
        call('SET', KEYS[1], raw, 'PX', text(ttl))
        extend_index_ttl(4, ttl)
    else
        call('SET', KEYS[1], raw, 'PXAT', text(math.min(now + sliding + tolerance, absolute_at) + retention))
    end
    return raw
end

-- Mostly its indexed properties, or that it has none, are as before: then so is all that the index says.
if running and sub(running, ID, WRITTEN_BY - 1) == expected and sub(running, size + 1, size + 3) == sub(body, 1, 3)
        and sub(running, size + 7, size + indexed) == sub(body, 7, indexed) then
    local now = time()
    store(now, sub(running, WRITTEN_BY, FIELDS - 7))
    return DONE .. bytes(now)
end
-- @include lib/unindex
-- @include lib/reindex
-- @include lib/tombstone
-- @include lib/load_readable_session

-- By this call, sent before, or by an earlier attempt: then it is what is stored now.
local function is_latest(raw)
    return raw and sub(raw, ID, WRITTEN_BY - 1) == updated and repeats(token, sub(raw, WRITTEN_BY, WRITTEN_BY + 5))
end

-- The same, or others wrote since: an earlier attempt may have had other data, so by then only this very one was done.
local function is_applied(raw)
    if is_latest(raw) then
        return true
    elseif not raw or sub(raw, ID, VERSION - 1) ~= sub(updated, 1, 12) then
        return false
    end
    local written_by = WRITTEN_BY + 6 * (number(raw, VERSION) - number(updated, 13))
    return written_by >= WRITTEN_BY and written_by < FIELDS and sub(raw, written_by, written_by + 5) == token
end

local retry_at = is_latest(running)
if running and (retry_at or sub(running, ID, WRITTEN_BY - 1) == expected) then
    local now = time()
    local member, block = unindex(4, KEYS[1], running), sub(body, 7, indexed)
    local raw = store(now, retry_at and sub(running, WRITTEN_BY + 6, FIELDS - 1) or sub(running, WRITTEN_BY, FIELDS - 7))
    local deadline, _, last = deadline_of(raw, now)
    add_to_index(4, member, entry_of(raw, member, block), block, deadline, last, now)
    return DONE .. bytes(now)
end
local finished = (running and load_readable_session or load_session)(KEYS[2])
if is_applied(running) or is_applied(finished) or recall(KEYS[3], is_applied) then
    return DONE .. bytes(time())
end
if running then
    return VERSION_CONFLICT .. sub(running, VERSION, WRITTEN_BY - 1)
end
return finished and ALREADY_FINISHED or NOT_FOUND
