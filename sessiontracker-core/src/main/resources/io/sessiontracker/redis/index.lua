-- The indexes of a bucket; the loader puts this before the scripts that write them. Each of running and finished sessions
-- has three sorted sets, whose keys follow one another in KEYS and which share a TTL:
--   walk        score 0, member: place = start (6 bytes), key of the session
--   deadlines   score: no later than the session is due, +inf for never; member: when its data are gone whatever happens, 0
--               if nobody knows (6), size of the place (2), place, its indexed properties as they are in the stored session
--   properties  score 0; for each indexed property of each session a member: name and value, or absence, and place
-- So an entry among the deadlines tells which others there are, also when the session is gone. That each session has one
-- member for each of its indexed names lets a reader count whether a name is indexed for all.

local function index_at(first)
    return { first = first, walk = KEYS[first], deadlines = KEYS[first + 1], properties = KEYS[first + 2] }
end

-- The application's key: what follows "r:" or "f:", as long as the "rs" or "fs" that ends the walk's key.
local function session_key(index, key)
    return string.sub(key, #index.walk + 1)
end

local function place_of(index, key, h)
    return struct.pack('>I6', h.started_at) .. session_key(index, key)
end

-- The stored session's indexed properties.
local function block_of(key, h)
    local size = struct.unpack('>I3', h.raw, HEADER_SIZE - 5)
    return size == 0 and '' or redis.call('GETRANGE', key, HEADER_SIZE, HEADER_SIZE + size - 1)
end

-- When its data are gone if it is not written again; 0 if each touch moves that.
local function gone_at(h)
    return h.absolute_at > 0 and h.absolute_at + h.retention or 0
end

local function entry_of(place, h, block)
    return struct.pack('>I6I2', gone_at(h), #place) .. place .. block
end

local function parse_entry(entry)
    local gone, size = struct.unpack('>I6I2', entry)
    return gone, string.sub(entry, 9, 8 + size), string.sub(entry, 9 + size)
end

local function score_of(deadline)
    return deadline == 0 and '+inf' or string.format('%.0f', deadline)
end

local function each_property(block, act)
    local first = 1
    while first <= #block do
        local last = first + 2 + struct.unpack('>I2', block, first)
        if string.byte(block, last) == 1 then
            last = last + 2 + struct.unpack('>I2', block, last + 1)
        end
        act(string.sub(block, first, last))
        first = last + 1
    end
end

local function remove_entry(index, entry, place, block)
    redis.call('ZREM', index.walk, place)
    redis.call('ZREM', index.deadlines, entry)
    each_property(block, function(property)
        redis.call('ZREM', index.properties, property .. place)
    end)
end

-- The same in a body that is about to be stored.
local function block_in(body)
    return string.sub(body, 7, 6 + struct.unpack('>I3', body))
end

-- Before the session at that key is changed or moved.
local function unindex(index, key, h)
    local place, block = place_of(index, key, h), block_of(key, h)
    remove_entry(index, entry_of(place, h, block), place, block)
    return block
end

-- After the session at that key was touched, so that the sweep need not look.
local function raise_score(index, key, h, block, now)
    redis.call('ZADD', index.deadlines, 'XX', score_of(deadline_of(h, now)), entry_of(place_of(index, key, h), h, block))
end

-- A few entries that are certain to be of no use, so that they go even where nobody sweeps.
local function remove_some(index, now)
    local due = redis.call('ZRANGEBYSCORE', index.deadlines, '-inf', now, 'LIMIT', 0, 4)
    for _, entry in ipairs(due) do
        local gone, place, block = parse_entry(entry)
        if gone ~= 0 and gone <= now then
            remove_entry(index, entry, place, block)
        end
    end
end

-- Lets the index, which had that much of its TTL left, live as long as a session that is touched now and never again.
local function outlive(index, left, h, deadline, has_properties, now)
    if left == -1 then
        return
    end
    if deadline == 0 then
        if left >= 0 then
            for i = index.first, index.first + 2 do
                redis.call('PERSIST', KEYS[i])
            end
        end
        return
    end
    local millis = (h.absolute_at > 0 and h.absolute_at or deadline) + h.retention - now
    if left < millis then
        for i = index.first, index.first + 2 do
            expire_at(KEYS[i], now + 1.5 * millis)
        end
    elseif has_properties and redis.call('PTTL', index.properties) == -1 then
        expire_at(index.properties, now + left + 1)
    end
end

-- After the session at that key was stored and touched, unless it was gone at once.
local function add_to_index(index, key, h, block, now)
    local deadline = deadline_of(h, now)
    if deadline ~= 0 and deadline + h.retention <= now then
        return
    end
    remove_some(index, now)
    local left = redis.call('PTTL', index.deadlines)
    local place = place_of(index, key, h)
    redis.call('ZADD', index.walk, 0, place)
    redis.call('ZADD', index.deadlines, score_of(deadline), entry_of(place, h, block))
    each_property(block, function(property)
        redis.call('ZADD', index.properties, 0, property .. place)
    end)
    outlive(index, left, h, deadline, block ~= '', now)
end
