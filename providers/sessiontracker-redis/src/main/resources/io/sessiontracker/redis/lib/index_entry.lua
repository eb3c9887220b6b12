-- @include lib/unindex

-- Returns the parts of a deadline entry: when its session's data are gone at the latest, the member, the indexed properties.
local function parse_entry(entry)
    local gone, size = struct.unpack(ENTRY, entry)
    return gone, sub(entry, ENTRY_MEMBER, ENTRY_MEMBER - 1 + size), sub(entry, ENTRY_MEMBER + size)
end
