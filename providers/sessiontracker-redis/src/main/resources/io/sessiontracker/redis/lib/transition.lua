-- Shared by finish and resume. Their ARGV: expected id and version (or empty), lifetimes, token, whether to return the session
-- (1 or 0).
-- @include lib/load_session
-- @include lib/unindex
-- @include lib/time
-- @include lib/lifetimes
-- @include lib/add_to_index

-- ABSOLUTE_AT as SETRANGE counts.
-- @define ABSOLUTE_AT_OFFSET '9'

local expected, token = ARGV[1], ARGV[3]

local function is_expected(raw)
    return raw and (expected == '' or sub(raw, ID, WRITTEN_BY - 1) == expected)
end

local function done(key, now)
    return DONE .. bytes(now) .. (ARGV[4] == '1' and call('GET', key) or '')
end

-- Lets the session change its state, and writes the tokens of finish and resume, of which the later one may be left out.
local function transition(raw, from, from_index, to, to_index, tokens)
    local now = time()
    local member, block = unindex(from_index, from, raw)
    if is_endless(raw) then
        end_index(from_index, now)
    end
    local changes = lifetimes_from(ARGV[2], now) .. tokens
    local after = sub(raw, 1, ABSOLUTE_AT - 1) .. changes
    call('RENAME', from, to)
    call('SETRANGE', to, ABSOLUTE_AT_OFFSET, changes)
    local reply = done(to, now)
    local deadline, gone, last = deadline_of(after, now)
    if gone == 0 then
        call('PERSIST', to)
    else
        call('PEXPIREAT', to, text(gone))
    end
    if gone == 0 or gone > now then
        add_to_index(to_index, member, entry_of(after, member, block), block, deadline, last, now)
    end
    return reply, now
end
