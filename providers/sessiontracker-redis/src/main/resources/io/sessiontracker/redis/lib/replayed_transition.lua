-- Shared by finish and resume where the key has more than the session that is to change its state. Their KEYS: RUNNING, FINISHED
-- @include lib/tombstone

-- Answers a replayed call. Others may have finished, resumed, replaced or deleted the session since, which must not be undone. So
-- returns it from where it is now, or without it if it is gone.
local function replayed(raw, running, finished)
    local id = sub(raw, ID, VERSION - 1)
    if running and sub(running, ID, VERSION - 1) == id then
        return done(RUNNING, time())
    end
    return finished and sub(finished, ID, VERSION - 1) == id and done(FINISHED, time()) or DONE .. bytes(time())
end
