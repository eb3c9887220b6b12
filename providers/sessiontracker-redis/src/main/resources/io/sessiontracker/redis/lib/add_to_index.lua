-- Shared by the scripts that add sessions to an index.
-- @include lib/index
-- @include lib/index_ttl

-- Lets an index live as long as a session that is never written again: its last moment, 0 for never. The keys share a TTL, but
-- each may have been evicted, and be new: what was left of the first two before shows that.
local function raise_index_ttl(index, starts_left, left, last, now)
    local kept = math.max(starts_left, left < last - now and 1.5 * (last - now) or left)
    for i = index, index + PROPERTIES do
        if last == 0 then
            call('PERSIST', KEYS[i])
        elseif i > index or starts_left ~= -1 then
            call('PEXPIREAT', KEYS[i], text(now + kept))
        end
    end
end

-- Adds a session that was stored and touched, unless its data were gone at once.
local function add_to_index(index, member, entry, block, deadline, last, now)
    local starts_left, left = call('PTTL', KEYS[index]), call('PTTL', KEYS[index + DEADLINES])
    call('ZADD', KEYS[index], '0', member)
    call('ZADD', KEYS[index + DEADLINES], deadline == 0 and '+inf' or text(deadline), entry)
    local property, after = next_property(block, 1)
    while property do
        call('ZADD', KEYS[index + PROPERTIES], '0', property .. member)
        property, after = next_property(block, after)
    end
    if left == -1 and last > 0 then
        end_index(index, now)
    elseif last == 0 and (left ~= -1 or starts_left ~= -1) or left < last - now or starts_left ~= -1 and starts_left < last - now
            or left ~= -1 and block ~= '' and call('PTTL', KEYS[index + PROPERTIES]) < last - now then
        raise_index_ttl(index, starts_left, left, last, now)
    end
end
