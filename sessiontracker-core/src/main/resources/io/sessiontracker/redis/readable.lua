-- @include session

-- The six bytes there.
local function number(raw, first)
    return (struct.unpack('>I6', raw, first))
end

local function is_readable(raw)
    return string.byte(raw) == FORMAT and #raw >= FIELDS - 1
end
