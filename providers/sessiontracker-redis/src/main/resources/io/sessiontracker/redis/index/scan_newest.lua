-- Finds the newest sessions of each of some buckets.
-- KEYS: INDEXES... (of each bucket: by start, by property; all in one slot, or on a server that is no Cluster)
-- ARGV: for each bucket: what its members are to come before (or empty), how many at most; for each clause: name, number of values,
--       name and value of each
-- Reply: for each bucket: number, members; for each value of a clause the newest first
-- @include lib/pack

local call = redis.call

-- @include lib/clauses

local buckets = (#KEYS + 1 - INDEXES) / 2
local clauses = read_clauses(2 * buckets + 1)
local reply = {}

for bucket = 1, buckets do
    local by_start, by_property = KEYS[INDEXES + 2 * bucket - 2], KEYS[INDEXES + 2 * bucket - 1]
    local before, limit = ARGV[2 * bucket - 1], ARGV[2 * bucket]
    local head, sessions = #reply + 1, call('ZCARD', by_start)
    reply[head] = 0
    if sessions > 0 then
        local values = best_clause(clauses, by_property, sessions)
        for _, each in ipairs(values or everything) do
            local last = before == '' and each.last or '(' .. each.prefix .. before
            for _, member in ipairs(call('ZREVRANGEBYLEX', values and by_property or by_start, last, each.first, 'LIMIT', '0', limit)) do
                reply[#reply + 1] = string.sub(member, #each.prefix + 1)
            end
        end
        reply[head] = #reply - head
    end
end
return pack(reply)
