-- @include lib/session

-- Returns the number there.
local function number(raw, first)
    return (struct.unpack(NUMBER, raw, first))
end

local function is_readable(raw)
    return string.byte(raw) == FORMAT and #raw >= FIELDS - 1
end

-- Returns as much of that key's value as load_session does, whatever its format.
local function head_of(key)
    local raw = call('GETRANGE', key, '0', HEAD_LAST)
    if #raw == HEAD_BYTES and string.byte(raw, HEADER_SIZE) > 0 then
        return call('GETRANGE', key, '0', text(struct.unpack(SIZE, raw, HEADER_SIZE) + MORE_BYTES))
    end
    return raw
end
