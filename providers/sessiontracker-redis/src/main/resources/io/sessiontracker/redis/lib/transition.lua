-- Shared by finish and resume where an index may have to change.
-- @include lib/move
-- @include lib/unindex
-- @include lib/add_to_index

-- Lets the session change its state. Whether the new state is in the indexes does not depend on whether the old one was.
local function transition(raw, from, from_index, to, to_index, tokens)
    local now = time()
    local member, block
    if is_indexed(raw) then
        member, block = unindex(from_index, from, raw)
        if is_endless(raw) then
            end_index(from_index, now)
        end
    elseif is_queryable then
        member, block = member_of(from_index, from, raw), block_of(from, raw)
    end
    local reply, after, deadline, gone, last = move(raw, from, to, tokens, now)
    if is_queryable and (gone == 0 or gone > now) then
        add_to_index(to_index, member, entry_of(after, member, block), block, deadline, last, now)
    end
    return reply, now
end
