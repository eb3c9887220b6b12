-- Deletes the running and the finished session, or one of the two. A tombstone records the operation, so that a replayed call is
-- recognised.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], FINISHED_INDEX[3]
-- ARGV: expected id and version (or empty), token, whether to return the deleted session, whether to delete the running one,
--       whether to delete the finished one (each 1 or 0)
-- Reply: DONE, now (6 bytes), value if it is to be returned; VERSION_CONFLICT, actual (6 bytes); or NOT_FOUND
-- @include lib/index_entry
-- @include lib/index_ttl
-- @include lib/tombstone
-- @include lib/time
-- @include lib/indexed
-- @include lib/announce

local expected, token, returning = ARGV[1], ARGV[2], ARGV[3] == '1'

local function is_applied(_, deleted_by)
    return repeats(token, deleted_by)
end

if recall(TOMBSTONES, is_applied) then
    return DONE .. bytes(time())
end

-- Returns the session to delete. An unreadable one can be deleted if no id is expected; it is returned as ''.
local function find(key, is_wanted)
    if not is_wanted then
        return nil
    end
    local raw = head_of(key)
    if raw == '' then
        return nil
    elseif expected == '' and not is_readable(raw) then
        return ''
    end
    return lives(key, raw) and raw or nil
end

local running, finished = find(RUNNING, ARGV[4] == '1'), find(FINISHED, ARGV[5] == '1')
if not running and not finished then
    return NOT_FOUND
end

-- Removes an unreadable session's index entries: without its header they must be searched.
local function remove_entries(index, key)
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + DEADLINES], '-inf', '+inf')) do
        local _, member, block = parse_entry(entry)
        if sub(member, MEMBER_KEY) == sub(key, #KEYS[index] + 1) then
            remove_entry(index, entry, member, block)
        end
    end
end

local value
local function remove(key, raw, index)
    if not raw or expected ~= '' and sub(raw, ID, WRITTEN_BY - 1) ~= expected then
        return ''
    end
    if key == RUNNING then
        announce(string.byte(raw, FIELDS), nil, ENDED)
    end
    if raw == '' then
        remove_entries(index, key)
        raw = UNREADABLE
    else
        value = value or returning and call('GET', key) or nil
        if is_indexed(raw) then
            unindex(index, key, raw)
            if is_endless(raw) then
                end_index(index, time())
            end
        end
    end
    call('DEL', key)
    return record(raw, token)
end

local removed = remove(RUNNING, running, RUNNING_INDEX) .. remove(FINISHED, finished, FINISHED_INDEX)
if removed == '' then
    return VERSION_CONFLICT .. sub(running or finished, VERSION, WRITTEN_BY - 1)
end
remember(TOMBSTONES, removed)
return DONE .. bytes(time()) .. (value or '')
