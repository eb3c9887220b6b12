-- The tables of SessionTracker in H2. All times are milliseconds since the epoch, by the database's clock.

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_SESSION (
    namespace VARCHAR(64) NOT NULL,
    session_type VARCHAR(64) NOT NULL,
    session_key VARBINARY(512) NOT NULL,
    bucket SMALLINT NOT NULL,
    revision BIGINT NOT NULL,
    running_id VARCHAR(16),
    running_version BIGINT,
    running_start BIGINT,
    write_1 BIGINT,
    write_2 BIGINT,
    write_3 BIGINT,
    write_4 BIGINT,
    transitioned SMALLINT,
    absolute_at BIGINT,
    sliding BIGINT,
    tolerance BIGINT,
    touched_at BIGINT,
    retention BIGINT,
    running_deadline BIGINT,
    running_group VARCHAR(1000),
    indexed_values VARBINARY(1048576),
    properties VARBINARY(1048576),
    payload BLOB,
    finished_group VARCHAR(1000),
    finished_start BIGINT,
    finished_deadline BIGINT,
    claim_at BIGINT,
    reminder_at BIGINT,
    clean_up_at BIGINT,
    headers VARBINARY(1048576),
    PRIMARY KEY (namespace, session_type, session_key)
);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_RUNNING ON SESSION_TRACKER_SESSION (namespace, session_type, running_group, bucket, running_start, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_RUNNING_DEADLINE ON SESSION_TRACKER_SESSION (namespace, session_type, running_deadline, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_FINISHED ON SESSION_TRACKER_SESSION (namespace, session_type, finished_group, bucket, finished_start, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_FINISHED_DEADLINE ON SESSION_TRACKER_SESSION (namespace, session_type, finished_deadline, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_CLAIM ON SESSION_TRACKER_SESSION (namespace, session_type, claim_at, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_REMINDER ON SESSION_TRACKER_SESSION (namespace, session_type, reminder_at, session_key);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_CLEAN_UP ON SESSION_TRACKER_SESSION (namespace, session_type, clean_up_at, session_key);

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_FINISHED (
    namespace VARCHAR(64) NOT NULL,
    session_type VARCHAR(64) NOT NULL,
    session_key VARBINARY(512) NOT NULL,
    properties VARBINARY(1048576),
    payload BLOB NOT NULL,
    PRIMARY KEY (namespace, session_type, session_key)
);

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_EXPIRED (
    namespace VARCHAR(64) NOT NULL,
    session_type VARCHAR(64) NOT NULL,
    session_key VARBINARY(512) NOT NULL,
    part VARCHAR(64) NOT NULL,
    properties VARBINARY(1048576),
    payload BLOB NOT NULL,
    PRIMARY KEY (namespace, session_type, session_key, part)
);

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_PROPERTY (
    namespace VARCHAR(64) NOT NULL,
    session_type VARCHAR(64) NOT NULL,
    finished SMALLINT NOT NULL,
    property VARBINARY(255) NOT NULL,
    property_value VARBINARY(1024) NOT NULL,
    bucket SMALLINT NOT NULL,
    started_at BIGINT NOT NULL,
    session_key VARBINARY(512) NOT NULL,
    PRIMARY KEY (namespace, session_type, finished, property, property_value, bucket, started_at, session_key)
);

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_LOCK (
    namespace VARCHAR(64) NOT NULL,
    session_type VARCHAR(64) NOT NULL,
    session_key VARBINARY(512) NOT NULL,
    owner VARCHAR(255) NOT NULL,
    held_until BIGINT NOT NULL,
    fencing_token BIGINT NOT NULL,
    awaited SMALLINT DEFAULT 0 NOT NULL,
    PRIMARY KEY (namespace, session_type, session_key)
);
CREATE INDEX IF NOT EXISTS SESSION_TRACKER_IX_LOCK ON SESSION_TRACKER_LOCK (held_until);

CREATE TABLE IF NOT EXISTS SESSION_TRACKER_VERSION (
    version INTEGER NOT NULL,
    PRIMARY KEY (version)
);
INSERT INTO SESSION_TRACKER_VERSION (version) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM SESSION_TRACKER_VERSION);
