-- Answers when the running session is due, without touching it.
-- KEYS: RUNNING, FINISHED
-- ARGV: id, or nothing for any
-- Reply: DUE, deadline, DONE; VERSION_CONFLICT, actual (6 bytes); ALREADY_FINISHED; or NOT_FOUND
-- @include lib/load_session
-- @include lib/due

local running = load_session(RUNNING)
if not running then
    return load_session(FINISHED) and ALREADY_FINISHED or NOT_FOUND
end
if ARGV[1] ~= '' and sub(running, ID, VERSION - 1) ~= ARGV[1] then
    return VERSION_CONFLICT .. sub(running, VERSION, WRITTEN_BY - 1)
end
return due(RUNNING, running) .. DONE
