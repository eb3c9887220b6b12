-- Shared by the scripts that remove sessions from an index.
-- @include lib/index

-- Returns the stored session's block of indexed properties, and whether some are missing.
local function block_of(key, raw)
    local body = struct.unpack(SIZE, raw, HEADER_SIZE) + 1
    if #raw < body + INDEXED_SIZE_BYTES - 1 then
        return '', true
    end
    local first, size = body + BODY_SIZES, struct.unpack(INDEXED_SIZE, raw, body)
    if size == 0 then
        return ''
    end
    local last = first + size - 1
    local block = #raw >= last and sub(raw, first, last) or call('GETRANGE', key, text(first - 1), text(last - 1))
    return block, #block < size
end

local function remove_entry(index, entry, member, block)
    call('ZREM', KEYS[index], member)
    call('ZREM', KEYS[index + DEADLINES], entry)
    local property, after = next_property(block, 1)
    while property do
        call('ZREM', KEYS[index + PROPERTIES], property .. member)
        property, after = next_property(block, after)
    end
end

-- Removes a session from an index, before it is changed or moved. Returns its member and its block of indexed properties.
local function unindex(index, key, raw)
    local member, block = member_of(index, key, raw), block_of(key, raw)
    remove_entry(index, entry_of(raw, member, block), member, block)
    return member, block
end
