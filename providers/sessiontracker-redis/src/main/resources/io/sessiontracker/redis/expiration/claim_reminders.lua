-- Claims reminders of running sessions that are due and have no claim, and removes those whose session is gone.
-- KEYS: REMINDER_TIMES, CANDIDATES... (for each key the running session and its reminders)
-- ARGV: lease of a claim, how many to claim at most, the keys
-- Reply: for each claimed: number of its key, name, when it was due, how often it was claimed, the session's deadline, value
-- @include lib/pack
-- @include lib/load_readable_session
-- @include lib/reminders

local now = time()
local lease, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claimed = {}

-- Looks at a reminder; returns when to look at it next.
local function look(number, session, reminders, name, record, raw, deadline, sliding, absolute)
    local at, before, delivered, next, attempts = struct.unpack(REMINDER, record)
    -- A claim is not cut short, but the deadline may have been brought forward.
    if next > now and (at > 0 or attempts > 0) then
        return next
    end
    if #claimed == limit then
        return math.min(next, now)
    end
    local moment = due_at(at, before, delivered, deadline)
    if moment > now then
        next = next_look(at, before, delivered, deadline, sliding, absolute, now)
    else
        next, attempts = now + lease, math.min(attempts + 1, 255)
        claimed[#claimed + 1] = pack({ number, name, moment, attempts, deadline, call('GET', session) })
    end
    store_reminder(reminders, REMINDER_TIMES, name, at, before, delivered, next, attempts, owner_of(raw), now)
    return next
end

local function look_at_all(number, session, reminders, raw)
    local all, names = {}, {}
    local fields, owner = call('HGETALL', reminders), owner_of(raw)
    for i = 1, #fields, 2 do
        if sub(fields[i + 1], OWNER) == owner then
            names[#names + 1], all[fields[i]] = fields[i], fields[i + 1]
        else
            call('HDEL', reminders, fields[i])
        end
    end
    table.sort(names)
    local deadline, sliding, absolute = expiry_of(session, raw)
    local next
    for _, name in ipairs(names) do
        local own = look(number, session, reminders, name, all[name], raw, deadline, sliding, absolute)
        next = math.min(next or own, own)
    end
    return next
end

for i = 1, #ARGV - 2 do
    if #claimed == limit then
        break
    end
    local session, reminders, key = KEYS[CANDIDATES + 2 * i - 2], KEYS[CANDIDATES + 2 * i - 1], ARGV[2 + i]
    local raw = head_of(session)
    local next
    if raw ~= '' and not is_readable(raw) then
        -- It is left to releases that can read it.
        next = now + lease
        keep_until(reminders, next + WEEK, now)
    elseif raw ~= '' and lives(session, raw) then
        next = look_at_all(i, session, reminders, raw)
    else
        call('DEL', reminders)
    end
    if next then
        call('ZADD', REMINDER_TIMES, text(next), key)
    else
        call('ZREM', REMINDER_TIMES, key)
    end
end
return table.concat(claimed)
