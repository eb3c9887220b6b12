-- The mark of a key remembers what its sessions' headers cannot tell any more: a string of records, the oldest first, each a
-- deletion's token (6 bytes; none for others) and a header that was removed or overwritten. A call adds two at the most, so the
-- last eight are always known.
-- @include live

local RECORD_SIZE, RECORDS, MARK_MILLIS = 6 + HEADER_SIZE, 16, '60000'

local function record(raw, token)
    return (token or NONE) .. sub(raw, 1, HEADER_SIZE)
end

local function remember(mark_key, records)
    if records ~= '' then
        local mark = call('GETRANGE', mark_key, '0', '-1') .. records
        call('SET', mark_key, sub(mark, -RECORDS * RECORD_SIZE), 'PX', MARK_MILLIS)
    end
end

-- The first that fits of what is remembered: of (header, token); the header is nil if it cannot be read, and answered as ''.
local function recall(mark_key, fits)
    local mark = call('GETRANGE', mark_key, '0', '-1')
    for first = 1, #mark, RECORD_SIZE do
        local raw = sub(mark, first + 6, first + RECORD_SIZE - 1)
        raw = is_readable(raw) and raw or nil
        if fits(raw, sub(mark, first, first + 5)) then
            return raw or ''
        end
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
