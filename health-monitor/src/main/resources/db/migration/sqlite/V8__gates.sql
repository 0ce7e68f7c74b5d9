-- Gates, what they answered last, and what happened to them. Times are milliseconds since 1970-01-01 UTC, the rest JSON.

CREATE TABLE gate (
    id         TEXT    NOT NULL PRIMARY KEY,
    state      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    gate       TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    gone       TEXT    NOT NULL,
    events     TEXT    NOT NULL
);

CREATE INDEX gate_by_decision ON gate (decided_at);
