-- Replaces the running session's data if it is at the expected version.
-- KEYS: running, finished, mark, the running ones' index
-- ARGV: id and version that are expected, the same after the update, token, body
-- Reply: DONE, now (6 bytes); VERSION_CONFLICT, actual (6 bytes); ALREADY_FINISHED; or NOT_FOUND
-- @include live
-- @include keep
-- @include time

local expected, updated, token, body = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local running = live(KEYS[1])
local indexed = 6 + struct.unpack('>I3', body)

-- With the TTL that a touch gives it.
local function store(now)
    local raw = sub(running, 1, 1) .. updated .. sub(running, 20, 43) .. token .. sub(running, 50, 61) .. body
    local absolute_at, sliding, retention = struct.unpack('>I6I6I6', raw, 26)
    if sliding == 0 then
        call('SET', KEYS[1], raw, 'KEEPTTL')
    elseif absolute_at == 0 then
        call('SET', KEYS[1], raw, 'PX', text(sliding + retention))
        keep_index(4, sliding + retention)
    else
        call('SET', KEYS[1], raw, 'PXAT', text(math.min(now + sliding, absolute_at) + retention))
    end
    return raw
end

-- Mostly its indexed properties, or that it has none, are as before: then so is all that the index says.
if running and sub(running, 2, 19) == expected and sub(running, 62, 64) == sub(body, 1, 3)
        and sub(running, 68, 61 + indexed) == sub(body, 7, indexed) then
    local now = time()
    store(now)
    return DONE .. bytes(now)
end
-- @include unindex
-- @include reindex
-- @include mark

-- By this call, sent before.
local function is_applied(raw)
    return raw and sub(raw, 2, 19) == updated and repeats(token, sub(raw, 44, 49))
end

if running and (sub(running, 2, 19) == expected or is_applied(running)) then
    local now = time()
    local place, block = unindex(4, KEYS[1], running), sub(body, 7, indexed)
    local raw = store(now)
    local deadline, _, last = deadline_of(raw, now)
    add_to_index(4, place, entry_of(raw, place, block), block, deadline, last, now)
    return DONE .. bytes(now)
end
local finished = live(KEYS[2])
if is_applied(finished) then
    return DONE .. bytes(time())
end
if running then
    return VERSION_CONFLICT .. sub(running, 14, 19)
end
if recall(KEYS[3], is_applied) then
    return DONE .. bytes(time())
end
return finished and ALREADY_FINISHED or NOT_FOUND
