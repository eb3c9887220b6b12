-- Starts a session unless one runs, and sets its reminders.
-- KEYS: RUNNING, FINISHED, TOMBSTONES, RUNNING_INDEX[3], EXPIRED, AWAITING, REMINDERS, REMINDER_TIMES
-- ARGV: those of session/start; changes of reminders
-- Reply: as of session/start
-- @include lib/change_reminders

local function reply()
-- @include session/start
end

local was_written = written_by(RUNNING, ARGV[3])
local answer = reply()
change_reminders(RUNNING, ARGV[3], was_written, REMINDERS, REMINDER_TIMES, ARGV[7])
return answer
