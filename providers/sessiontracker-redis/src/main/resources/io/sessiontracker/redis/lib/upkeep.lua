-- @include lib/session

-- Of how many calls one does some upkeep.
-- @define UPKEEP_EACH 32

-- Whether this call is one of the few that also do some upkeep.
local function is_in_turn(token)
    return string.byte(token, OPERATION_SIZE) % UPKEEP_EACH == 0
end
