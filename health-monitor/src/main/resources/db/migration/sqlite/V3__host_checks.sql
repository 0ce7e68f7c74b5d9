-- Checks of hosts, also those that are disabled and so are no targets; of secrets the names alone.

ALTER TABLE target ADD COLUMN secrets TEXT NOT NULL DEFAULT '[]';

CREATE TABLE host_check (
    host       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    enabled    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    document   TEXT    NOT NULL,
    secrets    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (host, name)
);
