-- What the scripts share that look at a session first.
-- @include session

-- The six bytes there.
local function number(raw, first)
    return (struct.unpack('>I6', raw, first))
end

local function is_readable(raw)
    return string.byte(raw) == FORMAT and #raw >= HEADER_SIZE
end

-- The session at that key, as far as an index says something of it in most cases; nil if there is none, or nil and the
-- session if it is due.
local function live(key)
    local raw = call('GETRANGE', key, '0', '255')
    if raw == '' then
        return nil
    elseif lives(key, raw) then
        return raw
    end
    return nil, raw
end
