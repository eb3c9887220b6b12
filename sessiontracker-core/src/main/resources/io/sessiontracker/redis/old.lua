-- @include entry

-- Some entries that are certain to be of no use, so that they go even where nobody sweeps.
local function remove_old(index, now)
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + 1], '-inf', text(now), 'LIMIT', '0', '128')) do
        local gone, place, block = parse_entry(entry)
        if gone ~= 0 and gone <= now then
            remove_entry(index, entry, place, block)
        end
    end
end
