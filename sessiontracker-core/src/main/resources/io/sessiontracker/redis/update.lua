-- Replaces the running session's data if it is at the expected version.
-- KEYS: running, finished, mark, the running ones' index
-- ARGV: expected version, token, body
-- Reply: {DONE, now}, {VERSION_CONFLICT, actual}, {ALREADY_FINISHED} or {NOT_FOUND}

local now = time()
local expected, token, body = version_of(ARGV[1]), number(ARGV[2]), ARGV[3]
local updated = { id = expected.id, version = expected.version + 1 }
local running = live(KEYS[1])

local function is_applied(h)
    return is_at(h, updated) and repeats(token, h.written_by)
end

if is_at(running, expected) or is_applied(running) then
    local index = index_at(4)
    local old_block, block = block_of(KEYS[1], running), block_in(body)
    if old_block ~= block then
        unindex(index, KEYS[1], running)
    end
    running.version = updated.version
    running.written_by = token
    redis.call('SET', KEYS[1], pack(running) .. body, 'KEEPTTL')
    touch(KEYS[1], running, 4, now)
    if old_block ~= block then
        add_to_index(index, KEYS[1], running, block, now)
    elseif running.sliding > 0 then
        raise_score(index, KEYS[1], running, block, now)
    end
    return { DONE, now }
end
local finished = live(KEYS[2])
if is_applied(finished) then
    return { DONE, now }
end
if running then
    return { VERSION_CONFLICT, running.version }
end
if recall(KEYS[3], is_applied) then
    return { DONE, now }
end
return { finished and ALREADY_FINISHED or NOT_FOUND }
