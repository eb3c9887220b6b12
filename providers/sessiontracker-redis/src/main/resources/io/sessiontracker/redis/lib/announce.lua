-- Shared by the scripts that change running sessions, of which other processes may have copies.
-- @include lib/session

-- The state of a session that ended.
-- @define ENDED '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'

-- Announces to the processes with copies which id, version and write the session has now, or ENDED; if one of the bytes
-- says that it was, or is, a session whose changes are announced. To be called before anything is written: a user without the right to
-- publish is refused here.
local function announce(kind_before, kind_now, state)
    if kind_before == ANNOUNCED or kind_before == ANNOUNCED_UNINDEXED or kind_now == ANNOUNCED or kind_now == ANNOUNCED_UNINDEXED then
        call('PUBLISH', string.match(RUNNING, '^.-}:') .. 'c', state .. RUNNING)
    end
end
