-- Publishes a heartbeat: what this server announced before it is received before it.
-- KEYS: HEARTBEAT (only to find the server)
-- ARGV: channel, message
-- Reply: number of receivers, in decimals
return tostring(redis.call('PUBLISH', ARGV[1], ARGV[2]))
