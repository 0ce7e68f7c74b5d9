package dev.vitals.health.monitor.store;

import java.util.Optional;

/** Keeps what services call the first message of an incident. Thread-safe; a write that returns is on the disk. */
public final class ReferenceStore {
    private static final String FIND =
            "SELECT reference FROM channel_reference WHERE channel = :channel AND incident = :incident";

    private static final String PUT = """
            INSERT INTO channel_reference (channel, incident, reference) VALUES (:channel, :incident, :reference)
            ON CONFLICT (channel, incident) DO UPDATE SET reference = excluded.reference
            """;

    private final Database database;

    /** Keeps references in that database. */
    public ReferenceStore(Database database) {
        this.database = database;
    }

    /** Returns the reference; empty if there is none. */
    public Optional<String> find(String channel, String incident) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind("channel", channel)
                .bind("incident", incident)
                .mapTo(String.class)
                .findOne());
    }

    /** Stores a reference; an earlier one is replaced. */
    public void put(String channel, String incident, String reference) {
        database.write(handle -> handle.createUpdate(PUT)
                .bind("channel", channel)
                .bind("incident", incident)
                .bind("reference", reference)
                .execute());
    }
}
