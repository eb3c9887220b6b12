-- Reads and touches the finished session.
-- KEYS: running, finished, the finished ones' index
-- Reply: value, ALREADY_RESUMED or NOT_FOUND
-- @include sliding

local value = call('GET', KEYS[2])
if value and lives(KEYS[2], value) then
    touch(KEYS[2], value, 3)
    return value
end
-- @include live

return live(KEYS[1]) and ALREADY_RESUMED or NOT_FOUND
