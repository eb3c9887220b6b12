-- What finish and resume share. Their ARGV: only this id and version (or empty), lifetimes, token, whether to return the
-- session (1 or 0).
-- @include lib/load_session
-- @include lib/unindex
-- @include lib/reindex

local only, token = ARGV[1], ARGV[3]

local function is_meant(raw)
    return raw and (only == '' or sub(raw, ID, WRITTEN_BY - 1) == only)
end

local function done(key, now)
    return DONE .. bytes(now) .. (ARGV[4] == '1' and call('GET', key) or '')
end

-- Moves the session, and writes the tokens of its moves, of which the later one may be left out.
local function move(raw, from, from_index, to, to_index, tokens)
    local now = time()
    local member, block = unindex(from_index, from, raw)
    if is_endless(raw) then
        end_index(from_index, now)
    end
    local changes = lifetimes_from(ARGV[2], now) .. tokens
    local moved = sub(raw, 1, ABSOLUTE_AT - 1) .. changes
    call('RENAME', from, to)
    call('SETRANGE', to, '9', changes) -- from ABSOLUTE_AT on
    local reply = done(to, now)
    local deadline, gone, last = deadline_of(moved, now)
    if gone == 0 then
        call('PERSIST', to)
    else
        call('PEXPIREAT', to, text(gone))
    end
    if gone == 0 or gone > now then
        add_to_index(to_index, member, entry_of(moved, member, block), block, deadline, last, now)
    end
    return reply, now
end
