-- The tombstones of a key record what its sessions' headers no longer do: a string of records, the oldest first. Each is a deletion's
-- token (6 bytes; NONE for others) and a whole header that was removed or overwritten. A call adds two at most, so the last eight
-- calls are always known.
-- @include lib/load_session
-- @include lib/readable

-- Where a token has the attempt.
-- @define ATTEMPT 6
-- @define RECORDS 16
-- @define TOMBSTONE_MILLIS '60000'
-- In place of an unreadable header: one of no format, which has nothing but its size.
-- @define UNREADABLE '\0\0\3'

local function record(raw, token)
    return (token or NONE) .. sub(raw, 1, struct.unpack(SIZE, raw, HEADER_SIZE))
end

local function remember(tombstone_key, records)
    if records == '' then
        return
    end
    local tombstones = call('GETRANGE', tombstone_key, '0', '-1') .. records
    if #tombstones > RECORDS * (NUMBER_SIZE + FIELDS - 1) then
        local firsts, first = {}, 1
        while first < #tombstones do
            firsts[#firsts + 1] = first
            first = first + NUMBER_SIZE + struct.unpack(SIZE, tombstones, first + NUMBER_SIZE + HEADER_SIZE - 1)
        end
        tombstones = sub(tombstones, firsts[math.max(1, #firsts - RECORDS + 1)])
    end
    call('SET', tombstone_key, tombstones, 'PX', TOMBSTONE_MILLIS)
end

-- Returns the first recorded header that fits(header, token) accepts; an unreadable one is nil there, and returned as ''.
local function recall(tombstone_key, fits)
    local tombstones = call('GETRANGE', tombstone_key, '0', '-1')
    local first = 1
    while first < #tombstones do
        local header = first + NUMBER_SIZE
        local after = header + struct.unpack(SIZE, tombstones, header + HEADER_SIZE - 1)
        local raw = sub(tombstones, header, after - 1)
        raw = is_readable(raw) and raw or nil
        if fits(raw, sub(tombstones, first, header - 1)) then
            return raw or ''
        end
        first = after
    end
    return nil
end

-- Whether both tokens are of one operation, at any attempt.
local function is_same(token, stored)
    return stored ~= NONE and sub(stored, 1, OPERATION_SIZE) == sub(token, 1, OPERATION_SIZE)
end

-- Whether the token is that of the stored operation, at the stored attempt or a later one.
local function repeats(token, stored)
    return is_same(token, stored) and string.byte(stored, ATTEMPT) <= string.byte(token, ATTEMPT)
end
