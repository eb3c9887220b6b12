-- Joins strings: before each its size (4 bytes). Whole numbers are in decimals. PackedReply.java reads them.
local function pack(list)
    for i, each in ipairs(list) do
        each = type(each) == 'number' and string.format('%.0f', each) or each
        list[i] = struct.pack('>I4', #each) .. each
    end
    return table.concat(list)
end
