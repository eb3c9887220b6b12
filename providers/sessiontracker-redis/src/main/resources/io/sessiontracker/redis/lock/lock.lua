-- Acquires a lock.
-- KEYS: lock
-- ARGV: id, lease, whether to wait if it is held by another, whether others are known to wait (1 or 0)
-- Reply: empty if it was acquired, else what is left of the other's lease, in decimals
-- @include lib/lease

local held = redis.call('GET', KEYS[1])
if held and not is_held_by(ARGV[1], held) then
    return refuse(KEYS[1], held, ARGV[3])
end
take(KEYS[1], held, ARGV[1], ARGV[2], ARGV[4])
return ''
