-- Records which lock provider the processes of a namespace use, unless another one is recorded.
-- KEYS: RECORD
-- ARGV: provider, milliseconds that the record is kept
-- Reply: the provider that is recorded

local recorded = redis.call('GET', RECORD)
if recorded and recorded ~= ARGV[1] then
    return recorded
end
redis.call('SET', RECORD, ARGV[1], 'PX', ARGV[2])
return ARGV[1]
