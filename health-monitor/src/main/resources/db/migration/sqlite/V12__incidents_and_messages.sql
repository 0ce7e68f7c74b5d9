-- Tells this monitor from others; one row.
CREATE TABLE identity (
    id TEXT NOT NULL PRIMARY KEY
);

-- Incidents stay for ever.
CREATE TABLE incident (
    id              TEXT    NOT NULL PRIMARY KEY,
    cause_kind      TEXT    NOT NULL,
    cause_subject   TEXT    NOT NULL,
    opened_at       INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    first_evidence  TEXT    NOT NULL,
    latest_evidence TEXT    NOT NULL,
    acknowledged    TEXT,
    ending          TEXT,
    ended_at        INTEGER,
    end_reason      TEXT,
    -- The incident that it became part of, at the end of all mergers.
    merged_into     TEXT
);

CREATE INDEX incident_open ON incident (opened_at) WHERE ended_at IS NULL;
CREATE INDEX incident_by_time ON incident (opened_at);
CREATE INDEX incident_merged ON incident (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE incident_member (
    incident TEXT    NOT NULL,
    app      TEXT    NOT NULL,
    instance TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    why      TEXT    NOT NULL,
    until_at INTEGER,
    PRIMARY KEY (incident, app, instance)
);

CREATE INDEX incident_member_by_target ON incident_member (app, instance);

CREATE TABLE incident_event (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    incident TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    app      TEXT,
    instance TEXT,
    person   TEXT,
    words    TEXT    NOT NULL
);

CREATE INDEX incident_event_by_incident ON incident_event (incident, id);

-- The outbox. Messages leave in the order of their ids.
CREATE TABLE message (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    message_key  TEXT    NOT NULL UNIQUE,
    incident     TEXT,
    kind         TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    channel      TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    facts        TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    due          INTEGER NOT NULL,
    released_at  INTEGER,
    attempts     INTEGER NOT NULL,
    -- 1 if the receiver may have the message although nobody knows: an attempt broke off, or the monitor died meanwhile.
    unsure       INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    accepted_at  INTEGER,
    words        TEXT    NOT NULL,
    digest       TEXT
);

CREATE INDEX message_by_incident ON message (incident);
CREATE INDEX message_open ON message (channel, address, id) WHERE state IN ('ready', 'sending', 'refused');
CREATE INDEX message_accepted ON message (channel, accepted_at) WHERE accepted_at IS NOT NULL;
CREATE INDEX message_waiting ON message (due) WHERE state = 'waiting';
CREATE INDEX message_by_time ON message (created_at);

-- Secrets are in the table secret, with the owner channel:NAME.
CREATE TABLE channel (
    name    TEXT NOT NULL PRIMARY KEY,
    type    TEXT NOT NULL,
    fields  TEXT NOT NULL,
    secrets TEXT NOT NULL,
    -- 1 if it comes from the services file; so for rules and expectations.
    from_file INTEGER NOT NULL
);

-- What services call the messages that began their threads.
CREATE TABLE channel_reference (
    channel   TEXT NOT NULL,
    incident  TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (channel, incident)
);

CREATE TABLE rule (
    name     TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    fields   TEXT    NOT NULL,
    from_file INTEGER NOT NULL
);

CREATE TABLE expectation (
    app       TEXT    NOT NULL PRIMARY KEY,
    fields    TEXT    NOT NULL,
    from_file INTEGER NOT NULL
);

-- Addresses that get nothing by a registration.
CREATE TABLE opt_out (
    address TEXT    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL
);

-- One-time links that were used.
CREATE TABLE used_link (
    hash TEXT    NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL
);
