package dev.vitals.health.monitor.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Keeps when targets were seen last, in a few bytes for each result: their own rows are not written for results that only
 * repeat what is stored. {@link TargetStore} writes and reads it.
 */
public final class LastSeen {
    private static final String ADD = "INSERT INTO target_seen (id, entries) VALUES (?, ?)";
    private static final String SHORTEN = "DELETE FROM target_seen WHERE id < ?";
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final Database database;

    /** Keeps the times in that database. */
    public LastSeen(Database database) {
        this.database = database;
    }

    /**
     * What one commit adds.
     *
     * @param id higher than that of all rows before
     * @param times when each target was seen, by its number in the history
     * @param from rows with lower ids are deleted
     */
    public record Row(long id, Map<Long, Instant> times, long from) {
        /** Copies the map. */
        public Row {
            times = Map.copyOf(times);
        }
    }

    /** Returns the highest id of a row; 0 if there is none. */
    public long lastId() {
        return database.read(handle -> handle.createQuery("SELECT coalesce(max(id), 0) FROM target_seen")
                .mapTo(Long.class)
                .one());
    }

    static void write(Connection connection, Row row) throws SQLException {
        ByteBuffer entries = ByteBuffer.allocate(row.times().size() * ENTRY_BYTES);
        row.times().forEach((number, at) -> entries.putLong(number).putLong(at.toEpochMilli()));
        Statements.all(connection, ADD, List.of(row), (statement, added) -> {
            statement.setLong(1, added.id());
            statement.setBytes(2, entries.array());
        });
        Statements.all(connection, SHORTEN, List.of(row), (statement, added) -> statement.setLong(1, added.from()));
    }

    /** Returns when each target was seen last, by its number in the history. */
    static Map<Long, Instant> read(Handle handle) {
        Map<Long, Instant> times = new HashMap<>();
        handle.createQuery("SELECT entries FROM target_seen ORDER BY id")
                .mapTo(byte[].class)
                .forEach(bytes -> {
                    ByteBuffer entries = ByteBuffer.wrap(bytes);
                    while (entries.remaining() >= ENTRY_BYTES) {
                        times.put(entries.getLong(), Instant.ofEpochMilli(entries.getLong()));
                    }
                });
        return times;
    }
}
