-- Shared by the scripts that need a session's header, but seldom its payload.
-- @include lib/session

-- Returns the session at that key: its header and, in most cases, all its indexed properties. Returns nil if there is none, or nil
-- and the session if it has expired. A header of 256 bytes or more has another first byte of its size than 0.
local function load_session(key)
    local raw = call('GETRANGE', key, '0', HEAD_LAST)
    if raw == '' then
        return nil
    elseif #raw == HEAD_BYTES and string.byte(raw, HEADER_SIZE) > 0 then
        raw = call('GETRANGE', key, '0', text(struct.unpack(SIZE, raw, HEADER_SIZE) + MORE_BYTES))
    end
    if lives(key, raw) then
        return raw
    end
    return nil, raw
end
