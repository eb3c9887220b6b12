-- @include lib/load_session
-- @include lib/readable

-- As load_session, but an unreadable session counts as absent.
local function load_readable_session(key)
    local raw = head_of(key)
    if raw == '' or not is_readable(raw) then
        return nil
    elseif lives(key, raw) then
        return raw
    end
    return nil, raw
end
