-- Compares places of an index with their sessions: adds what the deadlines lack, and removes what is gone.
-- KEYS: the index, the places' sessions
-- ARGV: the places
-- Reply: empty
-- @include live
-- @include readable
-- @include unindex
-- @include reindex

local now = time()

local function complete(key, raw, place)
    local block = block_of(key, raw)
    local entry = entry_of(raw, place, block)
    if not call('ZSCORE', KEYS[2], entry) then
        local left, _, _, last = call('PTTL', key), deadline_of(raw, now)
        local deadline = left == -1 and 0 or now + left - number(raw, RETENTION)
        add_to_index(1, place, entry, block, deadline, last, now)
    end
end

for i, place in ipairs(ARGV) do
    local key = KEYS[3 + i]
    local raw = head_of(key)
    if raw == '' or is_readable(raw) and place_of(1, key, raw) ~= place then
        call('ZREM', KEYS[1], place)
    elseif raw ~= '' and is_readable(raw) then
        complete(key, raw, place)
    end
end
if call('PTTL', KEYS[2]) == -1 then
    end_index(1, now)
end
return ''
