-- What the scripts share that add sessions to an index.
-- @include time
-- @include index

-- Lifetimes as a header has them, from the argument: absolute (counted from the given time), absolute at, sliding, retention.
local function lifetimes_from(argument, from)
    local absolute, absolute_at = struct.unpack('>I6I6', argument)
    if absolute == 0 or absolute_at > 0 then
        return sub(argument, 7)
    end
    return struct.pack('>I6', from + absolute) .. sub(argument, 13)
end

-- When a session is due that is touched now, and when its data are gone; 0 for never.
local function deadline_of(raw, now)
    local absolute_at, sliding, retention = lifetimes_of(raw)
    if sliding > 0 and (absolute_at == 0 or now + sliding < absolute_at) then
        return now + sliding, now + sliding + retention
    end
    return absolute_at, absolute_at > 0 and absolute_at + retention or 0
end

-- A few entries that are certain to be of no use, so that they go even where nobody sweeps.
local function remove_some(index, now)
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + 1], '-inf', text(now), 'LIMIT', '0', '4')) do
        local gone, place, block = parse_entry(entry)
        if gone ~= 0 and gone <= now then
            remove_entry(index, entry, place, block)
        end
    end
end

-- Lets the index, which had that much of its TTL left, live as long as a session that is not written again: until its data are
-- gone at the latest, 0 for never.
local function outlive(index, left, gone, has_properties, now)
    if gone == 0 then
        if left >= 0 then
            for i = index, index + 2 do
                call('PERSIST', KEYS[i])
            end
        end
    elseif left ~= -1 and left < gone - now then
        for i = index, index + 2 do
            call('PEXPIREAT', KEYS[i], text(now + 1.5 * (gone - now)))
        end
    elseif left ~= -1 and has_properties and call('PTTL', KEYS[index + 2]) == -1 then
        call('PEXPIREAT', KEYS[index + 2], text(now + left + 1))
    end
end

-- After a session with that header was stored and touched, unless its data were gone at once.
local function add_to_index(index, raw, place, block, now)
    local deadline, gone = deadline_of(raw, now)
    remove_some(index, now)
    local left = call('PTTL', KEYS[index + 1])
    local entry = entry_of(raw, place, block)
    call('ZADD', KEYS[index], '0', place)
    call('ZADD', KEYS[index + 1], score_of(deadline), entry)
    local property, after = next_property(block, 1)
    while property do
        call('ZADD', KEYS[index + 2], '0', property .. place)
        property, after = next_property(block, after)
    end
    local gone_at_last = parse_entry(entry)
    outlive(index, left, gone_at_last > 0 and gone_at_last or gone, block ~= '', now)
end
