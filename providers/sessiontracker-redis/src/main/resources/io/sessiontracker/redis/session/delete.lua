-- Removes the running and the finished session, or one of the two. A tombstone records the operation, so that a
-- replayed call is recognised.
-- KEYS: running, finished, tombstones, the running ones' index, the finished ones' index
-- ARGV: only this id and version (or empty), token, whether to return what is removed, whether the running one is meant, whether
--       the finished one is (each 1 or 0)
-- Reply: DONE, now (6 bytes), value if it is to be returned; VERSION_CONFLICT, actual (6 bytes); or NOT_FOUND
-- @include lib/index_entry
-- @include lib/index_ttl
-- @include lib/tombstone
-- @include lib/time

local only, token, returning = ARGV[1], ARGV[2], ARGV[3] == '1'

local function is_applied(_, deleted_by)
    return repeats(token, deleted_by)
end

if recall(KEYS[3], is_applied) then
    return DONE .. bytes(time())
end

-- What nobody can read can be removed by its key, and only so; it is answered as ''.
local function look(key, is_meant)
    if not is_meant then
        return nil
    end
    local raw = head_of(key)
    if raw == '' then
        return nil
    elseif only == '' and not is_readable(raw) then
        return ''
    end
    return lives(key, raw) and raw or nil
end

local running, finished = look(KEYS[1], ARGV[4] == '1'), look(KEYS[2], ARGV[5] == '1')
if not running and not finished then
    return NOT_FOUND
end

-- Without its header they must be looked for.
local function remove_entries(index, key)
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + 1], '-inf', '+inf')) do
        local _, member, block = parse_entry(entry)
        if sub(member, 7) == sub(key, #KEYS[index] + 1) then
            remove_entry(index, entry, member, block)
        end
    end
end

local value
local function remove(key, raw, index)
    if not raw or only ~= '' and sub(raw, ID, WRITTEN_BY - 1) ~= only then
        return ''
    end
    if raw == '' then
        remove_entries(index, key)
        raw = UNREADABLE
    else
        value = value or returning and call('GET', key) or nil
        unindex(index, key, raw)
        if is_endless(raw) then
            end_index(index, time())
        end
    end
    call('DEL', key)
    return record(raw, token)
end

local removed = remove(KEYS[1], running, 4) .. remove(KEYS[2], finished, 7)
if removed == '' then
    return VERSION_CONFLICT .. sub(running or finished, VERSION, WRITTEN_BY - 1)
end
remember(KEYS[3], removed)
return DONE .. bytes(time()) .. (value or '')
