-- @include lib/unindex

-- Of an entry among the deadlines: when its session's data are gone whatever happens, place, indexed properties.
local function parse_entry(entry)
    local gone, size = struct.unpack('>I6I2', entry)
    return gone, sub(entry, 9, 8 + size), sub(entry, 9 + size)
end
