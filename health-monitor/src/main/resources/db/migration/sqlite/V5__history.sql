-- The memory of results. Times are milliseconds since 1970-01-01 UTC, hours and minutes count from then.
-- Ids of several parts are one number, so that the rows of one target lie side by side in the file.

CREATE TABLE history_target (
    number        INTEGER PRIMARY KEY,
    app           TEXT    NOT NULL,
    instance      TEXT    NOT NULL,
    -- The number of the chunk that is open; those below are in history_chunk.
    next_chunk    INTEGER NOT NULL DEFAULT 0,
    -- The last minute that a chunk in history_chunk tells of.
    last_minute   INTEGER NOT NULL DEFAULT -1,
    -- All hours before this one are in history_hour.
    hours_until   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (app, instance)
);

-- From when to when a target was watched; without an end while it is.
CREATE TABLE history_life (
    target INTEGER NOT NULL,
    began  INTEGER NOT NULL,
    ended  INTEGER,
    PRIMARY KEY (target, began)
) WITHOUT ROWID;

-- What was added to the open chunks of all targets, a row for each commit.
CREATE TABLE history_journal (
    id    INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- Results and minutes of one target; id is target * 2^24 + the number of the chunk.
CREATE TABLE history_chunk (
    id       INTEGER PRIMARY KEY,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
);

-- id is target * 2^24 + hour.
CREATE TABLE history_hour (
    id       INTEGER PRIMARY KEY,
    oks      INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    errors   INTEGER NOT NULL,
    min_us   INTEGER NOT NULL,
    max_us   INTEGER NOT NULL,
    sum_us   INTEGER NOT NULL,
    sketch   BLOB    NOT NULL
);

-- The numbers that a target shows, each with its number in the target, from 0.
CREATE TABLE history_series (
    target INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    unit   TEXT,
    PRIMARY KEY (target, number)
) WITHOUT ROWID;

-- id is (target * 32 + series) * 2^24 + hour.
CREATE TABLE history_series_hour (
    id     INTEGER PRIMARY KEY,
    count  INTEGER NOT NULL,
    min    REAL    NOT NULL,
    max    REAL    NOT NULL,
    sum    REAL    NOT NULL,
    last   REAL    NOT NULL
);

CREATE INDEX state_change_by_time ON state_change (app, instance, at);
