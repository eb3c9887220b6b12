-- What the scripts share that add sessions to an index.
-- @include lib/time
-- @include lib/index
-- @include lib/index_ttl

-- Lifetimes as a header has them, from the argument: absolute (counted from the given time), absolute at, sliding, tolerance,
-- retention.
local function lifetimes_from(argument, from)
    local absolute, absolute_at = struct.unpack('>I6I6', argument)
    if absolute == 0 or absolute_at > 0 then
        return sub(argument, 7)
    end
    return bytes(from + absolute) .. sub(argument, 13)
end

-- When a session is due that is touched now, when its data are gone then, and when they are if it is not written again however
-- it is touched; all 0 for never.
local function deadline_of(raw, now)
    local absolute_at, sliding, tolerance, retention = struct.unpack(LIFETIMES, raw, ABSOLUTE_AT)
    if absolute_at == 0 and sliding == 0 then
        return 0, 0, 0
    end
    local deadline = absolute_at
    if sliding > 0 and (absolute_at == 0 or now + sliding + tolerance < absolute_at) then
        deadline = now + sliding + tolerance
    end
    return deadline, deadline + retention, math.max(absolute_at, deadline) + retention
end

-- Lets an index live as long as a session that is not written again: its last moment, 0 for never. The keys share a TTL, but
-- each may have been evicted, and be new: what was left of the sets by start and by deadline before tells.
local function outlive(index, walk_left, left, last, now)
    local kept = math.max(walk_left, left < last - now and 1.5 * (last - now) or left)
    for i = index, index + 2 do
        if last == 0 then
            call('PERSIST', KEYS[i])
        elseif i > index or walk_left ~= -1 then
            call('PEXPIREAT', KEYS[i], text(now + kept))
        end
    end
end

-- After a session was stored and touched, unless its data were gone at once.
local function add_to_index(index, member, entry, block, deadline, last, now)
    local walk_left, left = call('PTTL', KEYS[index]), call('PTTL', KEYS[index + 1])
    call('ZADD', KEYS[index], '0', member)
    call('ZADD', KEYS[index + 1], deadline == 0 and '+inf' or text(deadline), entry)
    local property, after = next_property(block, 1)
    while property do
        call('ZADD', KEYS[index + 2], '0', property .. member)
        property, after = next_property(block, after)
    end
    if left == -1 and last > 0 then
        end_index(index, now)
    elseif last == 0 and (left ~= -1 or walk_left ~= -1) or left < last - now or walk_left ~= -1 and walk_left < last - now
            or left ~= -1 and block ~= '' and call('PTTL', KEYS[index + 2]) < last - now then
        outlive(index, walk_left, left, last, now)
    end
end

-- Whether this call is one of those few that do some of what need not be done at each.
local function is_in_turn(token)
    return string.byte(token, 5) % 32 == 0
end
