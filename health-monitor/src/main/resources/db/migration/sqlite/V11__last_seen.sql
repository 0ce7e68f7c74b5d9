-- When targets were seen last whose results only repeat what target_state has. Entries are a number of history_target and
-- milliseconds since 1970-01-01 UTC, eight bytes each; later rows count more. Rows are deleted after some minutes.

CREATE TABLE target_seen (
    id      INTEGER PRIMARY KEY,
    entries BLOB    NOT NULL
);
