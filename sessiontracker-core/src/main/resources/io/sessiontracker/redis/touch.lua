-- Touches the running session.
-- KEYS: running, finished, the running ones' index
-- Reply: DONE, ALREADY_FINISHED or NOT_FOUND
-- @include live
-- @include sliding

local running = live(KEYS[1])
if running then
    touch(KEYS[1], running, 3)
    return DONE
end
return live(KEYS[2]) and ALREADY_FINISHED or NOT_FOUND
