-- The tombstones of a key record what its sessions' headers do not have any more: a string of records, the oldest first, each a
-- deletion's token (6 bytes; none for others) and a header, whole, that was removed or overwritten. A call adds two at the most,
-- so the last eight are always known.
-- @include lib/load_session
-- @include lib/readable

-- @define RECORDS 16
-- @define TOMBSTONE_MILLIS '60000'
-- In place of a header that cannot be read: one of no format, which has nothing but its size.
-- @define UNREADABLE '\0\0\3'

local function record(raw, token)
    return (token or NONE) .. sub(raw, 1, struct.unpack(SIZE, raw, HEADER_SIZE))
end

local function remember(tombstone_key, records)
    if records == '' then
        return
    end
    local tombstones = call('GETRANGE', tombstone_key, '0', '-1') .. records
    if #tombstones > RECORDS * (6 + FIELDS - 1) then
        local firsts, first = {}, 1
        while first < #tombstones do
            firsts[#firsts + 1] = first
            first = first + 6 + struct.unpack(SIZE, tombstones, first + 6 + HEADER_SIZE - 1)
        end
        tombstones = sub(tombstones, firsts[math.max(1, #firsts - RECORDS + 1)])
    end
    call('SET', tombstone_key, tombstones, 'PX', TOMBSTONE_MILLIS)
end

-- The first that fits of what is remembered: of (header, token); the header is nil if it cannot be read, and returned as ''.
local function recall(tombstone_key, fits)
    local tombstones = call('GETRANGE', tombstone_key, '0', '-1')
    local first = 1
    while first < #tombstones do
        local header = first + 6
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

-- A token is five bytes that tell the operation, and one that tells the attempt. Whether both are of one operation.
local function is_same(token, stored)
    return stored ~= NONE and sub(stored, 1, 5) == sub(token, 1, 5)
end

-- Whether the token is that of the stored operation, at the stored attempt or a later one.
local function repeats(token, stored)
    return is_same(token, stored) and string.byte(stored, 6) <= string.byte(token, 6)
end
