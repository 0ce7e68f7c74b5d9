-- What is watched already has been so since it was registered; of what was removed earlier that is not known.

INSERT INTO history_target (app, instance) SELECT app, instance FROM target ORDER BY app, instance;

INSERT INTO history_life (target, began)
SELECT h.number, t.registered_at FROM target t JOIN history_target h ON h.app = t.app AND h.instance = t.instance;
