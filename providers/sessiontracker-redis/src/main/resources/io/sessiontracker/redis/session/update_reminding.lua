-- Replaces the running session's data if it is at the expected version, and changes its reminders.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], REMINDERS, REMINDER_TIMES
-- ARGV: those of session/update; changes of reminders
-- Reply: as of session/update
-- @include lib/change_reminders

local function reply()
-- @include session/update
end

local was_written = written_by(RUNNING, ARGV[3])
local answer = reply()
change_reminders(RUNNING, ARGV[3], was_written, REMINDERS, REMINDER_TIMES, ARGV[5])
return answer
