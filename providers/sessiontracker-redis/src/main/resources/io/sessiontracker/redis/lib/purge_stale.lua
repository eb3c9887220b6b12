-- @include lib/index_entry

-- @define PURGED '128'

-- Removes some entries that are certainly stale, so that they go even without sweeps.
local function purge_stale(index, now)
    for _, entry in ipairs(call('ZRANGEBYSCORE', KEYS[index + DEADLINES], '-inf', text(now), 'LIMIT', '0', PURGED)) do
        local gone, member, block = parse_entry(entry)
        if gone ~= 0 and gone <= now then
            remove_entry(index, entry, member, block)
        end
    end
end
