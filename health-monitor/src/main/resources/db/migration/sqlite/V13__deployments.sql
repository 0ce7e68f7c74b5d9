-- Deployments and what their tools said of them. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE deployment (
    id         TEXT    NOT NULL PRIMARY KEY,
    app        TEXT    NOT NULL,
    instance   TEXT,
    gate       TEXT,
    version    TEXT,
    person     TEXT,
    state      TEXT    NOT NULL,
    started_at INTEGER NOT NULL,
    latest_at  INTEGER NOT NULL,
    ended_at   INTEGER,
    reason     TEXT,
    -- All that were sent, those that were dropped since then too.
    line_count INTEGER NOT NULL
);

CREATE INDEX deployment_by_time ON deployment (started_at);
CREATE INDEX deployment_by_app ON deployment (app, started_at);
CREATE INDEX deployment_by_gate ON deployment (gate) WHERE gate IS NOT NULL;
CREATE INDEX deployment_running ON deployment (latest_at) WHERE ended_at IS NULL;

CREATE TABLE deployment_event (
    deployment TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    words      TEXT    NOT NULL,
    PRIMARY KEY (deployment, number)
);
