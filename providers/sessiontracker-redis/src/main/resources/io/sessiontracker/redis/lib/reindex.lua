-- Shared by the scripts that add sessions to an index.
-- @include lib/time
-- @include lib/index
-- @include lib/index_ttl

-- Of how many calls one does some upkeep. How many bytes of a token are the operation; the last one is the attempt.
-- @define UPKEEP_EACH 32
-- @define OPERATION_SIZE 5
-- Parts of the argument that has lifetimes.
-- @define ABSOLUTE '>I6I6'
-- @define ARGUMENT_ABSOLUTE_AT 7
-- @define ARGUMENT_SLIDING 13

-- Returns lifetimes as a header has them, of the argument: absolute (counted from the given time), absolute at, sliding,
-- tolerance, retention.
local function lifetimes_from(argument, from)
    local absolute, absolute_at = struct.unpack(ABSOLUTE, argument)
    if absolute == 0 or absolute_at > 0 then
        return sub(argument, ARGUMENT_ABSOLUTE_AT)
    end
    return bytes(from + absolute) .. sub(argument, ARGUMENT_SLIDING)
end

-- Returns the deadline of a session that is touched now, when its data are gone then, and when they are at the latest if it is
-- never written again; all 0 for never.
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

-- Lets an index live as long as a session that is never written again: its last moment, 0 for never. The keys share a TTL, but
-- each may have been evicted, and be new: what was left of the first two before shows that.
local function outlive(index, starts_left, left, last, now)
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
        outlive(index, starts_left, left, last, now)
    end
end

-- Whether this call is one of the few that also do some upkeep.
local function is_in_turn(token)
    return string.byte(token, OPERATION_SIZE) % UPKEEP_EACH == 0
end
