-- Acquires a lock and reads and touches the running session that it guards; acquires it only if there is one.
-- KEYS: RUNNING, FINISHED, RUNNING_INDEX[3], LOCK, LAST_TOKEN
-- ARGV: id, lease, whether to wait if it is held by another, whether others in this process wait (1 or 0), channel
-- Reply: LOCKED, what is left of the other's lease, in decimals; GRANTED, the fencing token, value; ALREADY_FINISHED; or NOT_FOUND
-- @include lib/fencing
-- @include lib/lease
-- @include lib/touch_ttl

local held = redis.call('GET', LOCK)
if held and not is_held_by(ARGV[1], held) then
    return refuse(LOCK, held, ARGV[3])
end
local value = redis.call('GET', RUNNING)
if value and lives(RUNNING, value) then
    local due = touch(RUNNING, value, RUNNING_INDEX)
    return take(LOCK, LAST_TOKEN, held, ARGV[1], ARGV[2], ARGV[4]) .. due .. value
end
-- A re-sent call may have taken the lock before the session ended.
if held then
    release(LOCK, held, ARGV[5])
end
-- @include lib/load_session

return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
