-- Releases a lock.
-- KEYS: lock
-- ARGV: id, channel
-- Reply: 1, or 0 if another holds it or nobody
-- @include lib/lease

local held = redis.call('GET', KEYS[1])
if is_held_by(ARGV[1], held) then
    free(KEYS[1], held, ARGV[2])
    return '1'
end
return '0'
