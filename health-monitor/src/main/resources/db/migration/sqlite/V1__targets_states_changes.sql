-- Times are milliseconds since 1970-01-01 UTC, durations milliseconds (_us: microseconds), lists and maps JSON.

CREATE TABLE target (
    app            TEXT    NOT NULL,
    instance       TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    health_path    TEXT    NOT NULL,
    interval_ms    INTEGER NOT NULL,
    timeout_ms     INTEGER NOT NULL,
    unhealthy      INTEGER NOT NULL,
    healthy        INTEGER NOT NULL,
    notify         TEXT    NOT NULL,
    labels         TEXT    NOT NULL,
    lease_ms       INTEGER NOT NULL,
    registered_at  INTEGER NOT NULL,
    lease_until    INTEGER,
    PRIMARY KEY (app, instance)
);

-- Apart from target, for this one changes with every poll.
CREATE TABLE target_state (
    app          TEXT    NOT NULL,
    instance     TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    errors       INTEGER NOT NULL,
    oks          INTEGER NOT NULL,
    passes       INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    last_code    TEXT,
    last_message TEXT,
    last_http    INTEGER,
    last_time    INTEGER,
    last_latency_us INTEGER,
    components   TEXT    NOT NULL,
    PRIMARY KEY (app, instance),
    FOREIGN KEY (app, instance) REFERENCES target (app, instance) ON DELETE CASCADE
);

-- Changes outlive their target.
CREATE TABLE state_change (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    app        TEXT    NOT NULL,
    instance   TEXT    NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    why        TEXT    NOT NULL
);

CREATE INDEX state_change_by_target ON state_change (app, instance, id);

CREATE TABLE token (
    name TEXT NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL
);
