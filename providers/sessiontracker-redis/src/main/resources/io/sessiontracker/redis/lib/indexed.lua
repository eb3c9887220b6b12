-- Shared by the scripts that may come upon sessions that are in no index. A process whose type is not queryable calls some scripts
-- without the keys of the indexes. It gets INDEX_NEEDED where these are needed after all: for a session that was stored by a process
-- with another setting.
-- @include lib/session

-- How many keys such a call has.
-- @define WITHOUT_INDEX 3

-- Whether the session is in the indexes.
local function is_indexed(raw)
    return string.byte(raw, FIELDS) < ANNOUNCED_UNINDEXED
end

-- Returns the field that says whether the session is in the indexes, and announced; empty if it has none.
local function kind_of(raw)
    return string.byte(raw, FIELDS) >= ANNOUNCED and sub(raw, FIELDS, FIELDS + KIND_SIZE - 1) or ''
end

-- Returns the fields of a header beyond the named ones, and beyond that one.
local function other_fields(raw)
    return sub(raw, FIELDS + #kind_of(raw), struct.unpack(SIZE, raw, HEADER_SIZE))
end

-- Whether one of two sessions is indexed, and the call has no keys of indexes.
local function lacks_index(one, other)
    return #KEYS == WITHOUT_INDEX and (one and is_indexed(one) or other and is_indexed(other))
end
