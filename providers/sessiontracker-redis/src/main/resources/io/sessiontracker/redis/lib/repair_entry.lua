-- Repairs an index entry.
-- @include lib/load_session
-- @include lib/readable
-- @include lib/index_entry
-- @include lib/indexed

-- Compares a deadline entry with its session. Removes the entry if the session is gone, another, or in no index, and raises the score to the
-- session's deadline. Returns the session if it lives, or nil and the session if it has expired.
local function repair_entry(index, key, entry, now)
    local raw = head_of(key)
    if raw ~= '' and not is_readable(raw) then
        return nil
    end
    local _, member, block = parse_entry(entry)
    if raw == '' or member_of(index, key, raw) ~= member or not is_indexed(raw) then
        remove_entry(index, entry, member, block)
        return nil
    end
    local own, is_broken = block_of(key, raw)
    if not is_broken and entry_of(raw, member, own) ~= entry then
        -- It was written since, and has another entry.
        call('ZREM', KEYS[index + DEADLINES], entry)
        return nil
    end
    local left, retention = call('PTTL', key), number(raw, RETENTION)
    if left ~= -1 and left <= retention then
        return nil, raw
    end
    call('ZADD', KEYS[index + DEADLINES], 'XX', left == -1 and '+inf' or text(now + left - retention), entry)
    return raw
end
