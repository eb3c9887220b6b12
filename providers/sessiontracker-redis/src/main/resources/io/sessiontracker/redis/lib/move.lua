-- Shared by finish and resume. Their ARGV: expected id and version (or empty), lifetimes, token, whether to return the session
-- (1 or 0), the field that says what kind it then is, or nothing.
-- @include lib/load_session
-- @include lib/time
-- @include lib/lifetimes
-- @include lib/indexed
-- @include lib/announce

local expected, token, kind = ARGV[1], ARGV[3], ARGV[5]
local is_queryable = kind == '' or string.byte(kind) == ANNOUNCED

local function is_expected(raw)
    return raw and (expected == '' or sub(raw, ID, WRITTEN_BY - 1) == expected)
end

local function done(key, now)
    return DONE .. bytes(now) .. (ARGV[4] == '1' and call('GET', key) or '')
end

-- Announces that the session is not running any more, or another one than before.
local function announce_move(raw)
    announce(string.byte(raw, FIELDS), string.byte(kind), ENDED)
end

-- Stores the session at the other key, whose header then has another size.
local function rewrite(from, to, changes)
    local value = call('GET', from)
    local header_fields = kind .. other_fields(value)
    call('SET', to, string.char(FORMAT) .. struct.pack(SIZE, FIELDS - 1 + #header_fields) .. sub(value, STARTED_AT, ABSOLUTE_AT - 1) .. changes
        .. sub(value, ABSOLUTE_AT + #changes, FIELDS - 1) .. header_fields .. sub(value, struct.unpack(SIZE, value, HEADER_SIZE) + 1))
    call('DEL', from)
end

-- Moves the session to the other key, with its new lifetimes and the tokens of finish and resume, of which the later one may be left
-- out. Returns the reply, the start of the header, the deadline, when the data are gone, and when at the latest.
local function move(raw, from, to, tokens, now)
    local changes = lifetimes_from(ARGV[2], now) .. tokens
    local after = sub(raw, 1, ABSOLUTE_AT - 1) .. changes
    if kind_of(raw) == kind then
        call('RENAME', from, to)
        call('SETRANGE', to, ABSOLUTE_AT_OFFSET, changes)
    else
        rewrite(from, to, changes)
    end
    local deadline, gone, last = deadline_of(after, now)
    local reply = DUE .. bytes(deadline) .. done(to, now)
    if gone == 0 then
        call('PERSIST', to)
    else
        call('PEXPIREAT', to, text(gone))
    end
    return reply, after, deadline, gone, last
end

-- Whether the session was in no index, and is to be in none.
local function is_never_indexed(raw)
    return raw and not is_queryable and not is_indexed(raw)
end
