-- Reminders of running sessions. Each key has a hash of them: name -> when it is due (6 bytes; 0 if that depends on the deadline), how long
-- before the deadline it is due (6; 0 if it is not), the deadline before which it was delivered (6), when to look at it next (6), how
-- often it was claimed (1), and its owner: the id and the token of the last finish of the session that it belongs to. So a finish or a
-- deletion need not remove it: a claim does. A sorted set of the bucket has the keys, scored by when to look at their first reminder:
-- not later than that is due, as a touch changes nothing here. Reminder.java has the same rules.
-- @include lib/due
-- @include lib/keep_until

-- @define REMINDER '>I6I6I6I6I1'
-- @define OWNER 26
-- How long a reminder is kept that nobody claims, and the longest time until it is looked at; how much later a deadline is another one.
-- @define WEEK 604800000
-- @define SAME 1000

local function owner_of(raw)
    return sub(raw, ID, VERSION - 1) .. sub(raw, FINISHED_BY, RESUMED_BY - 1)
end

-- Returns the application's key. In the Redis key it follows "r:", which is as long as the "mt" at the end of the sorted set's.
local function application_key(running, times)
    return sub(running, #times + 1)
end

local function is_delivered(delivered, deadline)
    return delivered > 0 and deadline > 0 and deadline - delivered < SAME
end

-- Returns when a reminder is due, as things are.
local function due_at(at, before, delivered, deadline)
    if at > 0 then
        return at
    end
    return (deadline == 0 or is_delivered(delivered, deadline)) and math.huge or deadline - before
end

-- Returns when to look at a reminder that is not claimed.
local function next_look(at, before, delivered, deadline, sliding, absolute, now)
    local moment = due_at(at, before, delivered, deadline)
    if is_delivered(delivered, deadline) then
        moment = deadline
        if absolute == 0 then
            absolute = math.huge
        end
        if sliding > 0 and absolute - deadline >= SAME then
            -- If the session is touched right now, this is due again after so long, or as long before the end that no touch defers.
            local touched = now + math.max(sliding - before, 0)
            moment = math.min(deadline, math.max(now, math.min(touched, absolute - before)))
        end
    end
    return math.min(moment, now + WEEK)
end

local function store_reminder(reminders, times, name, at, before, delivered, next, attempts, owner, now)
    call('HSET', reminders, name, struct.pack(REMINDER, at, before, delivered, math.max(next, 1), attempts) .. owner)
    local kept = math.max(at, next) + WEEK
    keep_until(reminders, kept, now)
    keep_until(times, kept, now)
end
