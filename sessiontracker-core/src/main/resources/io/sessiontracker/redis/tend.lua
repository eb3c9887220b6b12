-- Putting right what an index says.
-- @include live
-- @include readable
-- @include entry

-- Looks at the session of an entry among the deadlines. Removes the entry if it is gone or another, and raises the score to
-- when it is due. Answers it if it lives, or nil and the session if it is due.
local function tend(index, key, entry, now)
    local raw = head_of(key)
    if raw ~= '' and not is_readable(raw) then
        return nil
    end
    local _, place, block = parse_entry(entry)
    if raw == '' or place_of(index, key, raw) ~= place then
        remove_entry(index, entry, place, block)
        return nil
    end
    local own, is_broken = block_of(key, raw)
    if not is_broken and entry_of(raw, place, own) ~= entry then
        -- It was written since, and has another entry.
        call('ZREM', KEYS[index + 1], entry)
        return nil
    end
    local left, retention = call('PTTL', key), number(raw, RETENTION)
    if left ~= -1 and left <= retention then
        return nil, raw
    end
    call('ZADD', KEYS[index + 1], 'XX', left == -1 and '+inf' or text(now + left - retention), entry)
    return raw
end
