-- What the scripts share that look at a session first.
-- @include lib/session

-- The session at that key: its header, and in most cases as much more as an index says something of; nil if there is none, or
-- nil and the session if it is due. A header of 256 bytes or more has another first byte of its size than 0.
local function load_session(key)
    local raw = call('GETRANGE', key, '0', '261')
    if raw == '' then
        return nil
    elseif #raw == 262 and string.byte(raw, HEADER_SIZE) > 0 then
        raw = call('GETRANGE', key, '0', text(struct.unpack(SIZE, raw, HEADER_SIZE) + 256))
    end
    if lives(key, raw) then
        return raw
    end
    return nil, raw
end
