package dev.vitals.health.monitor.store;

/** The statements of {@link SqlStore}. */
final class Sql {
    static final String LOAD = """
            SELECT t.app, t.instance, t.source, t.kind, t.probe, t.interval_ms, t.timeout_ms, t.unhealthy, t.healthy,
                   t.notify, t.labels, t.lease_ms, t.registered_at, t.lease_until, t.renewed_at,
                   s.state, s.tally_state, s.errors, s.oks, s.passes, s.since, s.last_code, s.last_message, s.last_http, s.last_time,
                   s.last_latency_us, s.components
            FROM target t LEFT JOIN target_state s ON s.app = t.app AND s.instance = t.instance
            ORDER BY t.app, t.instance
            """;

    static final String REMOVE = "DELETE FROM target WHERE app = :app AND instance = :instance";

    static final String SAVE = """
            INSERT INTO target (app, instance, source, kind, probe, interval_ms, timeout_ms, unhealthy, healthy,
                                notify, labels, lease_ms, registered_at, lease_until, renewed_at)
            VALUES (:app, :instance, :source, :kind, :probe, :interval, :timeout, :unhealthy, :healthy,
                    :notify, :labels, :lease, :registeredAt, :leaseUntil, :renewedAt)
            ON CONFLICT (app, instance) DO UPDATE SET
                source = excluded.source, kind = excluded.kind, probe = excluded.probe, interval_ms = excluded.interval_ms,
                timeout_ms = excluded.timeout_ms, unhealthy = excluded.unhealthy, healthy = excluded.healthy,
                notify = excluded.notify, labels = excluded.labels, lease_ms = excluded.lease_ms,
                registered_at = excluded.registered_at, lease_until = excluded.lease_until, renewed_at = excluded.renewed_at
            """;

    static final String CHANGES = """
            SELECT from_state, to_state, at, why FROM state_change
            WHERE app = :app AND instance = :instance
            ORDER BY id DESC LIMIT :limit
            """;

    static final String PING = "SELECT count(*) FROM (SELECT 1 FROM target LIMIT 1) AS any_target";

    private Sql() {}
}
