-- Sets a lock's lease to run for the given time from now.
-- KEYS: LOCK
-- ARGV: id, lease
-- Reply: 1, or 0 if another or none holds it
-- @include lib/lease

if is_held_by(ARGV[1], redis.call('GET', LOCK)) then
    redis.call('PEXPIRE', LOCK, ARGV[2])
    return '1'
end
return '0'
