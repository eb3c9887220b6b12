-- Acquires a lock.
-- KEYS: LOCK, LAST_TOKEN
-- ARGV: id, lease, whether to wait if it is held by another, whether others in this process wait (1 or 0)
-- Reply: GRANTED, the fencing token; or LOCKED, what is left of the other's lease, in decimals
-- @include lib/fencing
-- @include lib/lease

local held = redis.call('GET', LOCK)
if held and not is_held_by(ARGV[1], held) then
    return refuse(LOCK, held, ARGV[3])
end
return take(LOCK, LAST_TOKEN, held, ARGV[1], ARGV[2], ARGV[4])
