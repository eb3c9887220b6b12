-- Releases a lock.
-- KEYS: LOCK
-- ARGV: id, channel
-- Reply: 1, or 0 if another or none holds it
-- @include lib/lease

local held = redis.call('GET', LOCK)
if is_held_by(ARGV[1], held) then
    release(LOCK, held, ARGV[2])
    return '1'
end
return '0'
