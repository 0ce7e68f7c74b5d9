-- Targets of several kinds and from several sources; the state that is shown may differ from the tally's.

ALTER TABLE target ADD COLUMN source TEXT NOT NULL DEFAULT 'registration';
ALTER TABLE target ADD COLUMN kind TEXT NOT NULL DEFAULT 'health';
ALTER TABLE target ADD COLUMN probe TEXT NOT NULL DEFAULT '{}';
ALTER TABLE target ADD COLUMN renewed_at INTEGER;
UPDATE target SET probe = json_object('url', url, 'healthPath', health_path);
ALTER TABLE target DROP COLUMN url;
ALTER TABLE target DROP COLUMN health_path;

ALTER TABLE target_state ADD COLUMN tally_state TEXT NOT NULL DEFAULT 'UNKNOWN';
UPDATE target_state SET tally_state = state;
