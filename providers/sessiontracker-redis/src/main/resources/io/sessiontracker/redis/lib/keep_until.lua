-- @include lib/session
-- @include lib/time

-- Lets a key live until that moment, at least, and no shorter than it would. Before Redis 7.2 the clock goes on while a script runs, so
-- what the key has left is added to a time that is read after it.
local function keep_until(key, moment, now)
    local left = call('PTTL', key)
    if left < moment - now then
        call('PEXPIREAT', key, text(left < 0 and moment or math.max(moment, left + time())))
    end
end
