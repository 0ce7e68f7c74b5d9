package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Deployment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Keeps deployments. Thread-safe; a write that returns is on the disk, a write that fails has changed nothing. */
public final class DeploymentStore {
    private static final String COLUMNS =
            "id, app, instance, gate, version, person, state, started_at, latest_at," + " ended_at, reason, line_count";

    private static final String FIND = "SELECT " + COLUMNS + " FROM deployment WHERE id = :id";

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM deployment
            WHERE (:app IS NULL OR app = :app)
              AND (:instance IS NULL OR instance IS NULL OR instance = :instance)
              AND (:gate IS NULL OR gate = :gate)
              AND (:state IS NULL OR state = :state)
            ORDER BY started_at DESC, id LIMIT :limit
            """;

    private static final String SILENT = "SELECT " + COLUMNS + """
             FROM deployment WHERE ended_at IS NULL AND latest_at < :before ORDER BY latest_at LIMIT :limit
            """;

    private static final String COUNT_RUNNING = "SELECT count(*) FROM deployment WHERE ended_at IS NULL";

    private static final String SAVE = """
            INSERT INTO deployment (id, app, instance, gate, version, person, state, started_at, latest_at, ended_at, reason,
                line_count)
            VALUES (:id, :app, :instance, :gate, :version, :person, :state, :startedAt, :latestAt, :endedAt, :reason,
                :lines)
            ON CONFLICT (id) DO UPDATE SET
                state = excluded.state, latest_at = excluded.latest_at, ended_at = excluded.ended_at,
                reason = excluded.reason, line_count = excluded.line_count
            """;

    private static final String EVENTS =
            "SELECT number, at, kind, words FROM deployment_event WHERE deployment = :id ORDER BY number";

    private static final String ADD = """
            INSERT INTO deployment_event (deployment, number, at, kind, words)
            VALUES (:deployment, :number, :at, :kind, :words)
            """;

    // The start has the number 1, the first line 2.
    private static final String DROP_LINES = """
            DELETE FROM deployment_event WHERE deployment = :id AND kind = :kind AND number < :dropped + 2
            """;

    private static final String FORGET = "DELETE FROM deployment WHERE ended_at < :before";

    private static final String KEEP_NEWEST = """
            DELETE FROM deployment WHERE app = :app AND ended_at IS NOT NULL AND id NOT IN (
                SELECT id FROM deployment WHERE app = :app ORDER BY started_at DESC, id LIMIT :newest)
            """;

    private static final String FORGET_EVENTS =
            "DELETE FROM deployment_event WHERE deployment NOT IN (SELECT id FROM deployment)";

    private final Database database;

    /** Keeps deployments in that database. */
    public DeploymentStore(Database database) {
        this.database = database;
    }

    /**
     * Selects deployments: those that meet all conditions that are not null.
     *
     * @param app the app
     * @param instance an instance of the app; a deployment of all instances is one of this instance too
     * @param gate the id of a gate
     * @param state the state
     */
    public record Filter(
            @Nullable String app,
            @Nullable String instance,
            @Nullable String gate,
            Deployment.@Nullable State state) {}

    /** Returns one deployment. */
    public Optional<Deployment> find(String id) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> deployment(row))
                .findFirst());
    }

    /** Returns the deployments that match, the newest first. */
    public List<Deployment> list(Filter filter, int limit) {
        Deployment.State state = filter.state();
        return database.read(handle -> handle.createQuery(LIST)
                .bind("app", filter.app())
                .bind("instance", filter.instance())
                .bind("gate", filter.gate())
                .bind("state", state == null ? null : state.word())
                .bind("limit", limit)
                .map((row, context) -> deployment(row))
                .list());
    }

    /** Returns running deployments without an event since that time, the most silent first. */
    public List<Deployment> silent(Instant before, int limit) {
        return database.read(handle -> handle.createQuery(SILENT)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> deployment(row))
                .list());
    }

    /** Returns the number of running deployments. */
    public int running() {
        return database.read(
                handle -> handle.createQuery(COUNT_RUNNING).mapTo(Integer.class).one());
    }

    /** Returns the timeline of a deployment, the oldest entry first. */
    public List<Deployment.Event> events(String id) {
        return database.read(handle -> handle.createQuery(EVENTS)
                .bind("id", id)
                .map((row, context) -> new Deployment.Event(
                        row.getInt("number"),
                        Columns.instant(row, "at"),
                        Deployment.Kind.of(row.getString("kind")).orElseThrow(),
                        row.getString("words")))
                .list());
    }

    /** Writes the deployment, replacing the one with the same id, adds its new events, and drops its oldest log lines. */
    public void save(Deployment deployment, List<Deployment.Event> events) {
        database.write(handle -> {
            save(handle, deployment);
            try (PreparedBatch rows = handle.prepareBatch(ADD)) {
                for (Deployment.Event event : events) {
                    rows.bind("deployment", deployment.id())
                            .bind("number", event.number())
                            .bind("at", event.at().toEpochMilli())
                            .bind("kind", event.kind().word())
                            .bind("words", event.text())
                            .add();
                }
                rows.execute();
            }
            if (deployment.droppedLines() > 0) {
                handle.createUpdate(DROP_LINES)
                        .bind("id", deployment.id())
                        .bind("kind", Deployment.Kind.LOG.word())
                        .bind("dropped", deployment.droppedLines())
                        .execute();
            }
        });
    }

    private static void save(Handle handle, Deployment deployment) {
        handle.createUpdate(SAVE)
                .bind("id", deployment.id())
                .bind("app", deployment.app())
                .bind("instance", deployment.instance())
                .bind("gate", deployment.gate())
                .bind("version", deployment.version())
                .bind("person", deployment.by())
                .bind("state", deployment.state().word())
                .bind("startedAt", deployment.startedAt().toEpochMilli())
                .bind("latestAt", deployment.latestAt().toEpochMilli())
                .bind("endedAt", Columns.millis(deployment.endedAt()))
                .bind("reason", deployment.reason())
                .bind("lines", deployment.lines())
                .execute();
    }

    /** Deletes deployments that ended before that time, and those of the app beyond so many newest ones; none that runs. */
    public void forget(Instant before, String app, int newest) {
        database.write(handle -> {
            int old = handle.createUpdate(FORGET)
                    .bind("before", before.toEpochMilli())
                    .execute();
            int many = handle.createUpdate(KEEP_NEWEST)
                    .bind("app", app)
                    .bind("newest", newest)
                    .execute();
            if (old + many > 0) {
                handle.createUpdate(FORGET_EVENTS).execute();
            }
        });
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString("id"),
                row.getString("app"),
                row.getString("instance"),
                row.getString("gate"),
                row.getString("version"),
                row.getString("person"),
                Deployment.State.of(row.getString("state")),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "latest_at"),
                Columns.instantOrNull(row, "ended_at"),
                row.getString("reason"),
                row.getInt("line_count"));
    }
}
