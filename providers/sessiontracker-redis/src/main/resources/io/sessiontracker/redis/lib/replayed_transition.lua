-- What finish and resume share where the key has more than the session that is to be moved.
-- @include lib/tombstone

-- For a replayed call: others may have moved the session, replaced or deleted it since, and must not be undone. So
-- wherever it is now; without it if it is gone.
local function replayed(raw, running, finished)
    local id = sub(raw, ID, VERSION - 1)
    if running and sub(running, ID, VERSION - 1) == id then
        return done(KEYS[1], time())
    end
    return finished and sub(finished, ID, VERSION - 1) == id and done(KEYS[2], time()) or DONE .. bytes(time())
end
