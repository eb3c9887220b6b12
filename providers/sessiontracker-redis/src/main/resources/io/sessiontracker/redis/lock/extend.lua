-- Sets a lock's lease to run for the given time from now.
-- KEYS: lock
-- ARGV: id, lease
-- Reply: 1, or 0 if another holds it or nobody
-- @include lib/lease

if is_held_by(ARGV[1], redis.call('GET', KEYS[1])) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return '1'
end
return '0'
