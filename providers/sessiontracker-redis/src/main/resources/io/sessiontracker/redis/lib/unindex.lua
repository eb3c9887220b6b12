-- What the scripts share that remove sessions from an index.
-- @include lib/index

-- The stored session's indexed properties, and whether some are missing.
local function block_of(key, raw)
    local sizes = struct.unpack(SIZE, raw, HEADER_SIZE) + 1
    if #raw < sizes + 2 then
        return '', true
    end
    local first, size = sizes + 6, struct.unpack('>I3', raw, sizes)
    if size == 0 then
        return ''
    end
    local last = first + size - 1
    local block = #raw >= last and sub(raw, first, last) or call('GETRANGE', key, text(first - 1), text(last - 1))
    return block, #block < size
end

local function remove_entry(index, entry, member, block)
    call('ZREM', KEYS[index], member)
    call('ZREM', KEYS[index + 1], entry)
    local property, after = next_property(block, 1)
    while property do
        call('ZREM', KEYS[index + 2], property .. member)
        property, after = next_property(block, after)
    end
end

-- Before the session at that key is changed or moved. Returns its index member and its indexed properties.
local function unindex(index, key, raw)
    local member, block = member_of(index, key, raw), block_of(key, raw)
    remove_entry(index, entry_of(raw, member, block), member, block)
    return member, block
end
