-- Maintenance windows and silences. A change ends one version and begins another, so that the past stays as it was.
-- Times are milliseconds since 1970-01-01 UTC, fields JSON.

CREATE TABLE suppression (
    id          TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    valid_from  INTEGER NOT NULL,
    valid_until INTEGER,
    fields      TEXT    NOT NULL,
    PRIMARY KEY (id, valid_from)
);
