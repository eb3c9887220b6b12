-- What finish and resume share where more is known of the key than the session that is to be moved.
-- @include mark

-- After a call that was sent before: others may have moved the session, replaced or deleted it since, and must not be undone. So
-- wherever it is now; without it if it is gone.
local function done_before(raw, running, finished)
    local id = sub(raw, 2, 13)
    if running and sub(running, 2, 13) == id then
        return done(KEYS[1], time())
    end
    return finished and sub(finished, 2, 13) == id and done(KEYS[2], time()) or DONE .. bytes(time())
end
