-- @include lib/session

-- The six bytes there.
local function number(raw, first)
    return (struct.unpack('>I6', raw, first))
end

local function is_readable(raw)
    return string.byte(raw) == FORMAT and #raw >= FIELDS - 1
end

-- What is at that key, as much as load_session returns of it, whatever it is.
local function head_of(key)
    local raw = call('GETRANGE', key, '0', '261')
    if #raw == 262 and string.byte(raw, HEADER_SIZE) > 0 then
        return call('GETRANGE', key, '0', text(struct.unpack(SIZE, raw, HEADER_SIZE) + 256))
    end
    return raw
end
