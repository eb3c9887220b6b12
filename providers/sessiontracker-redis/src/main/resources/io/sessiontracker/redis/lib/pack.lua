-- Some strings in one: the size of each (4 bytes), and it. Whole numbers in decimals. PackedReply.java knows the same.
local function pack(list)
    for i, each in ipairs(list) do
        each = type(each) == 'number' and string.format('%.0f', each) or each
        list[i] = struct.pack('>I4', #each) .. each
    end
    return table.concat(list)
end
