package dev.vitals.health.monitor.store;

/** The statements of {@link SqlHistory} and {@link HistoryWriter}, with parameters by position. */
final class HistorySql {
    static final String SAVE_TARGET = """
            INSERT INTO history_target (number, app, instance, next_chunk, last_minute, hours_until)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET next_chunk = excluded.next_chunk,
                last_minute = excluded.last_minute, hours_until = excluded.hours_until
            """;

    static final String SAVE_LIFE = """
            INSERT INTO history_life (target, began, ended) VALUES (?, ?, ?)
            ON CONFLICT (target, began) DO UPDATE SET ended = excluded.ended
            """;

    static final String ADD_SERIES = "INSERT INTO history_series (target, number, name, unit) VALUES (?, ?, ?, ?)";

    static final String ADD_JOURNAL = "INSERT INTO history_journal (id, bytes) VALUES (?, ?)";

    static final String SHORTEN_JOURNAL = "DELETE FROM history_journal WHERE id < ?";

    static final String ADD_CHUNK = "INSERT INTO history_chunk (id, first_at, last_at, bytes) VALUES (?, ?, ?, ?)";

    static final String SAVE_HOUR = """
            INSERT INTO history_hour (id, oks, warnings, errors, min_us, max_us, sum_us, sketch)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET oks = excluded.oks, warnings = excluded.warnings, errors = excluded.errors,
                min_us = excluded.min_us, max_us = excluded.max_us, sum_us = excluded.sum_us, sketch = excluded.sketch
            """;

    static final String SAVE_SERIES_HOUR = """
            INSERT INTO history_series_hour (id, count, min, max, sum, last) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET count = excluded.count, min = excluded.min, max = excluded.max,
                sum = excluded.sum, last = excluded.last
            """;

    private static final String KNOWN =
            "SELECT h.number, h.app, h.instance, h.next_chunk, h.last_minute, h.hours_until FROM history_target h ";

    static final String OPEN = KNOWN + """
            WHERE h.last_minute >= h.hours_until * 60
               OR EXISTS (SELECT 1 FROM target t WHERE t.app = h.app AND t.instance = h.instance)
               OR EXISTS (SELECT 1 FROM history_life l WHERE l.target = h.number AND l.ended IS NULL)
            ORDER BY h.number
            """;

    static final String FIND = KNOWN + "WHERE h.app = ? AND h.instance = ?";

    static final String FIND_NUMBER = KNOWN + "WHERE h.number = ?";

    static final String LAST_TARGET = "SELECT coalesce(max(number), 0) FROM history_target";

    static final String JOURNAL = "SELECT id, bytes FROM history_journal ORDER BY id";

    static final String SERIES =
            "SELECT target, number, name, unit FROM history_series WHERE target = ? ORDER BY number";

    static final String NEWEST_CHUNKS = """
            SELECT id, first_at, last_at, bytes FROM history_chunk
            WHERE id >= ? AND id < ? AND last_at >= ? AND first_at < ? ORDER BY id DESC LIMIT ?
            """;

    static final String OLDEST_CHUNKS = """
            SELECT id, first_at, last_at, bytes FROM history_chunk
            WHERE id >= ? AND id < ? AND last_at >= ? AND first_at < ? ORDER BY id LIMIT ?
            """;

    static final String HOURS = """
            SELECT id, oks, warnings, errors, min_us, max_us, sum_us, sketch FROM history_hour
            WHERE id >= ? AND id < ? ORDER BY id LIMIT ?
            """;

    static final String SERIES_HOURS = """
            SELECT id, count, min, max, sum, last FROM history_series_hour
            WHERE id >= ? AND id < ? ORDER BY id LIMIT ?
            """;

    static final String CURRENT_LIVES = "SELECT target, began, ended FROM history_life WHERE ended IS NULL";

    static final String LIVES = "SELECT target, began, ended FROM history_life WHERE target = ? ORDER BY began";

    /** From the last one recorded with a time up to the given one: whatever came before it, it put right. */
    static final String STEPS = """
            SELECT id, at, to_state FROM state_change
            WHERE app = ? AND instance = ? AND id >= coalesce(
                (SELECT max(id) FROM state_change WHERE app = ? AND instance = ? AND at <= ?), 0)
            ORDER BY id
            """;

    static final String CHANGES = """
            SELECT id, from_state, to_state, at, why FROM state_change
            WHERE app = ? AND instance = ? AND id < ? AND at >= ? AND at < ? ORDER BY id DESC LIMIT ?
            """;

    static final String ROLLED_UP = "SELECT number, hours_until FROM history_target WHERE number >= ? AND number <= ?";

    static final String FORGET_CHUNKS = """
            DELETE FROM history_chunk WHERE id >= ? AND id < coalesce(
                (SELECT min(id) FROM history_chunk WHERE id >= ? AND id < ? AND last_at >= ?), ?)
            """;

    static final String FORGET_HOURS = "DELETE FROM history_hour WHERE id >= ? AND id < ?";

    static final String FORGET_SERIES_HOURS = "DELETE FROM history_series_hour WHERE id >= ? AND id < ?";

    static final String SERIES_IN = "SELECT target, number FROM history_series WHERE target >= ? AND target <= ?";

    private HistorySql() {}
}
