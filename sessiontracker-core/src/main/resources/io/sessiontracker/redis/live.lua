-- What the scripts share that look at a session first.
-- @include session

-- What is at that key: its header, and in most cases as much more as an index says something of. A header of 256 bytes or more
-- has another first byte of its size than 0.
local function head_of(key)
    local raw = call('GETRANGE', key, '0', '261')
    if #raw == 262 and string.byte(raw, HEADER_SIZE) > 0 then
        return call('GETRANGE', key, '0', text(struct.unpack(SIZE, raw, HEADER_SIZE) + 256))
    end
    return raw
end

-- The session at that key, as far as that; nil if there is none, or nil and the session if it is due.
local function live(key)
    local raw = head_of(key)
    if raw == '' then
        return nil
    elseif lives(key, raw) then
        return raw
    end
    return nil, raw
end
