-- Acquires a lock and reads and touches the running session that it guards; acquires it only if there is one.
-- KEYS: running, finished, the running ones' index, lock
-- ARGV: id, lease, whether to wait if it is held by another, whether others are known to wait (1 or 0), channel
-- Reply: LOCKED, what is left of the other's lease, in decimals; value; ALREADY_FINISHED; or NOT_FOUND
-- @include lib/lease
-- @include lib/touch_ttl

local LOCKED = '\135'

local held = redis.call('GET', KEYS[6])
if held and not is_held_by(ARGV[1], held) then
    return LOCKED .. refuse(KEYS[6], held, ARGV[3])
end
local value = redis.call('GET', KEYS[1])
if value and lives(KEYS[1], value) then
    touch(KEYS[1], value, 3)
    take(KEYS[6], held, ARGV[1], ARGV[2], ARGV[4])
    return value
end
-- A call that is sent again may have taken it before the session ended.
if held then
    free(KEYS[6], held, ARGV[5])
end
-- @include lib/load_session

return load_session(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND
