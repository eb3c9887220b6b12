-- Comes before a script whose caller may use its own sessions only, and answers in its place where another owner's session is. Three
-- arguments follow the script's own, and are removed: which session counts; the name of the owner's property; the values that it has in
-- the owner's sessions, each after its length, none for a caller who owns none.
-- @include lib/session

-- @define OTHER_OWNER '\139'
-- Which session counts: the running one or else the finished one; the same, but what this very start brought is its own; the finished
-- one or else the running one; each of the two for itself, as a deletion leaves another owner's alone.
-- @define RUNNING_FIRST 'r'
-- @define STARTED_FIRST 's'
-- @define FINISHED_FIRST 'f'
-- @define EACH 'e'

do
    local owners = table.remove(ARGV)
    local property = table.remove(ARGV)
    local counts = table.remove(ARGV)

    local function text_at(raw, at)
        local last = at + 1 + struct.unpack('>I2', raw, at)
        return sub(raw, at + 2, last), last + 1
    end

    -- Returns a session's value of the property, or nothing.
    local function value_in(raw)
        local at = struct.unpack(SIZE, raw, HEADER_SIZE) + 1
        local indexed, others = struct.unpack('>I3I3', raw, at)
        local first_other = at + BODY_SIZES + indexed
        at = at + BODY_SIZES
        while at < first_other + others do
            local is_indexed, has_value = at < first_other, true
            local name, value
            name, at = text_at(raw, at)
            if is_indexed then
                has_value, at = string.byte(raw, at) == 1, at + 1
            end
            if has_value then
                value, at = text_at(raw, at)
            end
            if name == property then
                return value
            end
        end
    end

    local function is_owner(value)
        local at = 1
        while at <= #owners do
            local first = at + 4
            at = first + struct.unpack('>I4', owners, at)
            if sub(owners, first, at - 1) == value then
                return true
            end
        end
        return false
    end

    -- Returns whether the session at that key is another owner's; nothing if there is none.
    local function is_others(key)
        local raw = call('GET', key)
        if not raw or not lives(key, raw) then
            return nil
        end
        local value = value_in(raw)
        local is_own = value and is_owner(value)
            or counts == STARTED_FIRST and sub(raw, ID, ID + OPERATION_SIZE - 1) == sub(ARGV[3], 1, OPERATION_SIZE)
        return not is_own
    end

    local running, finished
    if counts ~= FINISHED_FIRST then
        running = is_others(RUNNING)
    end
    if counts == EACH or running == nil then
        finished = is_others(FINISHED)
    end
    if counts == FINISHED_FIRST and finished == nil then
        running = is_others(RUNNING)
    end
    if (running or finished) and running ~= false and finished ~= false then
        return OTHER_OWNER
    end
    if counts == EACH then
        ARGV[4] = running and '0' or ARGV[4]
        ARGV[5] = finished and '0' or ARGV[5]
    end
end
