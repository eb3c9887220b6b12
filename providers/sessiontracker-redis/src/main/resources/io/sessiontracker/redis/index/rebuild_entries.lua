-- Compares index members with their sessions: adds missing deadline entries, and removes members whose session is gone.
-- KEYS: the index, the members' sessions
-- ARGV: the members
-- Reply: empty
-- @include lib/load_session
-- @include lib/readable
-- @include lib/unindex
-- @include lib/reindex

local now = time()

local function complete(key, raw, member)
    local block = block_of(key, raw)
    local entry = entry_of(raw, member, block)
    if not call('ZSCORE', KEYS[2], entry) then
        local left, _, _, last = call('PTTL', key), deadline_of(raw, now)
        local deadline = left == -1 and 0 or now + left - number(raw, RETENTION)
        add_to_index(1, member, entry, block, deadline, last, now)
    end
end

for i, member in ipairs(ARGV) do
    local key = KEYS[3 + i]
    local raw = head_of(key)
    if raw == '' or is_readable(raw) and member_of(1, key, raw) ~= member then
        call('ZREM', KEYS[1], member)
    elseif raw ~= '' and is_readable(raw) then
        complete(key, raw, member)
    end
end
if call('PTTL', KEYS[2]) == -1 then
    end_index(1, now)
end
return ''
