-- Compares index members with their sessions: adds missing deadline entries, and removes members whose session is gone or in no index.
-- KEYS: INDEX[3], SESSIONS...
-- ARGV: the members
-- Reply: empty
-- @include lib/load_session
-- @include lib/readable
-- @include lib/unindex
-- @include lib/lifetimes
-- @include lib/add_to_index
-- @include lib/time
-- @include lib/indexed

local now = time()

local function complete(key, raw, member)
    local block = block_of(key, raw)
    local entry = entry_of(raw, member, block)
    if not call('ZSCORE', KEYS[INDEX + DEADLINES], entry) then
        local left, _, _, last = call('PTTL', key), deadline_of(raw, now)
        local deadline = left == -1 and 0 or now + left - number(raw, RETENTION)
        add_to_index(INDEX, member, entry, block, deadline, last, now)
    end
end

for i, member in ipairs(ARGV) do
    local key = KEYS[SESSIONS + i - 1]
    local raw = head_of(key)
    if raw == '' or is_readable(raw) and (member_of(INDEX, key, raw) ~= member or not is_indexed(raw)) then
        call('ZREM', KEYS[INDEX], member)
    elseif raw ~= '' and is_readable(raw) then
        complete(key, raw, member)
    end
end
if call('PTTL', KEYS[INDEX + DEADLINES]) == -1 then
    end_index(INDEX, now)
end
return ''
