-- Who may do what, who did what, and what is kept secret. Times are milliseconds since 1970-01-01 UTC, lists JSON,
-- hashes SHA-256 in hexadecimal.

CREATE TABLE access_token (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    hash       TEXT    NOT NULL UNIQUE,
    app_prefix TEXT    NOT NULL,
    addresses  TEXT    NOT NULL,
    selectors  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    expires_at INTEGER,
    revoked_at INTEGER
);

-- A name is free again once its token is revoked.
CREATE UNIQUE INDEX access_token_live ON access_token (name) WHERE revoked_at IS NULL;

INSERT INTO access_token (name, role, hash, app_prefix, addresses, selectors, created_at)
SELECT name, 'REGISTRAR', lower(hex(hash)), '', '[]', '[]', CAST(strftime('%s', 'now') AS INTEGER) * 1000 FROM token;

DROP TABLE token;

CREATE TABLE access_user (
    name          TEXT    NOT NULL PRIMARY KEY,
    role          TEXT    NOT NULL,
    selectors     TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
);

CREATE TABLE access_session (
    hash       TEXT    NOT NULL PRIMARY KEY,
    user_name  TEXT    NOT NULL REFERENCES access_user (name) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL
);

CREATE INDEX access_session_by_user ON access_session (user_name);

CREATE TABLE secret (
    owner      TEXT NOT NULL,
    name       TEXT NOT NULL,
    key_id     TEXT NOT NULL,
    nonce      TEXT NOT NULL,
    ciphertext TEXT NOT NULL,
    PRIMARY KEY (owner, name)
);

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    address TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    object  TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    outcome TEXT    NOT NULL
);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
