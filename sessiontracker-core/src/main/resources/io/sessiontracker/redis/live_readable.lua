-- @include live
-- @include readable

-- As live, but what cannot be read counts as none.
local function live_readable(key)
    local raw = head_of(key)
    if raw == '' or not is_readable(raw) then
        return nil
    elseif lives(key, raw) then
        return raw
    end
    return nil, raw
end
