-- Putting right what an index says; the loader puts this before the scripts that do.

-- Looks at the session of an entry among the deadlines. Removes the entry if it is gone or another, and raises the score to
-- when it is due. Answers its header if it lives, or nil and its header if it is due.
local function tend(index, key, entry, now)
    local format = redis.call('GETRANGE', key, 0, 0)
    if format ~= '' and string.byte(format) ~= FORMAT then
        return nil
    end
    local h, due = live(key)
    local there = h or due
    local _, place, block = parse_entry(entry)
    if not there or place_of(index, key, there) ~= place then
        remove_entry(index, entry, place, block)
        return nil
    end
    if entry_of(place, there, block_of(key, there)) ~= entry then
        -- It was written since, and has another entry.
        redis.call('ZREM', index.deadlines, entry)
        return nil
    end
    if h then
        local left = redis.call('PTTL', key)
        local deadline = left == -1 and 0 or now + left - h.retention
        redis.call('ZADD', index.deadlines, 'XX', score_of(deadline), entry)
    end
    return h, due
end
