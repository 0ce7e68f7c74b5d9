package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the outbox. Messages are added with the states that they follow from; from READY on, their progress is changed here,
 * each time only if the message still is where the caller believes it to be.
 *
 * <p>Thread-safe; a write that returns is on the disk, a write that fails has changed nothing.
 */
public final class MessageStore {
    static final String COLUMNS = """
            SELECT id, message_key, incident, kind, number, channel, address, rule, reason, created_at, facts, state,
                   due, released_at, attempts, attempted_at, accepted_at, words, digest
            """;

    private static final String RECOVER = "UPDATE message SET state = 'ready' WHERE state = 'sending'";

    private static final String CHANNELS =
            "SELECT DISTINCT channel FROM message WHERE state IN ('ready', 'sending', 'refused') ORDER BY channel";

    // Each receiver gets messages in their order, so only its first one can leave; what was refused holds nobody up.
    private static final String HEADS = """
            FROM message WHERE id IN (
                SELECT min(id) FROM message WHERE channel = :channel AND state IN ('ready', 'sending') GROUP BY address
                UNION ALL SELECT id FROM message WHERE channel = :channel AND state = 'refused')
              AND state <> 'sending'
            """;

    private static final String NEXT = COLUMNS + HEADS + " AND due <= :now ORDER BY id LIMIT 1";

    private static final String NEXT_DUE = "SELECT min(due) AS due " + HEADS;

    private static final String CLAIM = """
            UPDATE message SET state = 'sending', attempts = attempts + 1, attempted_at = :now, unsure = 1
            WHERE message_key = :key AND state IN ('ready', 'refused')
            """;

    private static final String UNSURE = "SELECT unsure FROM message WHERE message_key = :key";

    private static final String RESULT = """
            UPDATE message SET state = :state, due = :due, unsure = :unsure, accepted_at = :acceptedAt, words = :words
            WHERE message_key = :key AND state = 'sending'
            """;

    private static final String EXPLAIN =
            "UPDATE message SET words = :words WHERE channel = :channel AND state = 'ready' AND words <> :words";

    private static final String LIST = COLUMNS + """
            FROM message
            WHERE (:state IS NULL OR state = :state) AND (:channel IS NULL OR channel = :channel)
              AND (:incident IS NULL OR incident = :incident)
              AND (:before IS NULL OR id < (SELECT id FROM message WHERE message_key = :before))
            ORDER BY id DESC LIMIT :limit
            """;

    private static final String FIND = COLUMNS + "FROM message WHERE message_key = :key";

    private static final String SEND_AGAIN = """
            UPDATE message SET state = 'ready', due = :now, released_at = coalesce(released_at, :now), words = ''
            WHERE message_key = :key AND state NOT IN ('sending', 'ready')
            """;

    private static final String CANCEL = """
            UPDATE message SET state = 'cancelled', words = :words
            WHERE message_key = :key AND state IN ('waiting', 'ready', 'refused')
            """;

    private static final String BACKLOG = """
            SELECT channel,
                   sum(CASE WHEN state = 'refused' THEN 0 ELSE 1 END) AS waiting,
                   sum(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused,
                   min(CASE WHEN state = 'refused' THEN NULL ELSE released_at END) AS oldest
            FROM message WHERE state IN ('ready', 'sending', 'refused') GROUP BY channel
            """;

    private static final String ACCEPTED = """
            SELECT channel, max(accepted_at) AS accepted_at FROM message WHERE accepted_at IS NOT NULL GROUP BY channel
            """;

    // What the receiver has been told of incidents that are open, message by message or in a digest.
    private static final String FIRING = COLUMNS + """
            FROM message m
            WHERE channel = :channel AND kind IN ('trouble', 'worse')
              AND incident IN (SELECT id FROM incident WHERE ended_at IS NULL)
              AND (state = 'accepted'
                   OR EXISTS (SELECT 1 FROM message d WHERE d.message_key = m.digest AND d.state = 'accepted'))
            ORDER BY id
            """;

    private static final String KEY = "key";

    private final Database database;

    /** Keeps the outbox in that database. */
    public MessageStore(Database database) {
        this.database = database;
    }

    /** Makes those ready again whose sending an earlier process did not end; returns how many. */
    public int recover() {
        return database.inTransaction(handle -> handle.createUpdate(RECOVER).execute());
    }

    /** Returns the channels with messages that are to leave. */
    public List<String> channels() {
        return database.read(
                handle -> handle.createQuery(CHANNELS).mapTo(String.class).list());
    }

    /** Returns the next message of the channel that may leave now: of each receiver the oldest, unless it was refused. */
    public Optional<Message> next(String channel, Instant now) {
        return database.read(handle -> handle.createQuery(NEXT)
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> message(row))
                .findFirst());
    }

    /** Returns when the next message of the channel may leave; empty if there is none. */
    public Optional<Instant> nextDue(String channel) {
        return database.read(handle -> handle.createQuery(NEXT_DUE)
                .bind("channel", channel)
                .map((row, context) -> Optional.ofNullable(Columns.instantOrNull(row, "due")))
                .one());
    }

    /**
     * A message that this caller sends now.
     *
     * @param unsure whether the receiver may have it from an earlier attempt
     */
    public record Claim(boolean unsure) {}

    /** Marks a message as on its way; empty if it is not to leave any more. */
    public Optional<Claim> claim(String key, Instant now) {
        return database.inTransaction(handle -> {
            boolean unsure = handle.createQuery(UNSURE)
                    .bind(KEY, key)
                    .mapTo(Integer.class)
                    .findFirst()
                    .filter(flag -> flag != 0)
                    .isPresent();
            int claimed = handle.createUpdate(CLAIM)
                    .bind(KEY, key)
                    .bind("now", now.toEpochMilli())
                    .execute();
            return claimed == 0 ? Optional.empty() : Optional.of(new Claim(unsure));
        });
    }

    /**
     * How an attempt ended.
     *
     * @param state ACCEPTED, READY to be tried again, REFUSED or NOT_SENT
     * @param due when it is tried again; for ACCEPTED when it was accepted
     * @param unsure whether the receiver may have the message
     * @param text what the receiver said
     */
    public record Ended(Message.State state, Instant due, boolean unsure, String text) {}

    /** Marks how the attempt of a claimed message ended. */
    public void ended(String key, Ended ended) {
        boolean accepted = ended.state() == Message.State.ACCEPTED;
        database.write(handle -> handle.createUpdate(RESULT)
                .bind(KEY, key)
                .bind("state", ended.state().word())
                .bind("due", ended.due().toEpochMilli())
                .bind("unsure", ended.unsure() ? 1 : 0)
                .bind("acceptedAt", accepted ? (Long) ended.due().toEpochMilli() : null)
                .bind("words", ended.text())
                .execute());
    }

    /** Says of all messages of a channel why they do not leave. */
    public void explain(String channel, String why) {
        database.write(handle -> handle.createUpdate(EXPLAIN)
                .bind("channel", channel)
                .bind("words", why)
                .execute());
    }

    /**
     * Which messages are listed; a null matches all.
     *
     * @param state where they are
     * @param channel the name of their channel
     * @param incident the id of their incident
     * @param before the key of a message: only older ones
     */
    public record Filter(
            Message.@Nullable State state,
            @Nullable String channel,
            @Nullable String incident,
            @Nullable String before) {}

    /** Returns messages, the newest first. */
    public List<Message> list(Filter filter, int limit) {
        return database.read(handle -> handle.createQuery(LIST)
                .bind("state", filter.state() == null ? null : filter.state().word())
                .bind("channel", filter.channel())
                .bind("incident", filter.incident())
                .bind("before", filter.before())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list());
    }

    /** Returns one message. */
    public Optional<Message> find(String key) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind(KEY, key)
                .map((row, context) -> message(row))
                .findFirst());
    }

    /** Makes a message leave now, whatever became of it; returns whether it was not on its way already. */
    public boolean sendAgain(String key, Instant now) {
        return database.inTransaction(handle -> handle.createUpdate(SEND_AGAIN)
                        .bind(KEY, key)
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0);
    }

    /** Cancels a message that has not left; returns whether it could be cancelled. */
    public boolean cancel(String key, String why) {
        return database.inTransaction(handle ->
                handle.createUpdate(CANCEL).bind(KEY, key).bind("words", why).execute() > 0);
    }

    /**
     * What waits for one channel.
     *
     * @param channel its name
     * @param waiting how many messages are to leave
     * @param refused how many messages were refused
     * @param oldest since when the oldest of those that are to leave might have left; null if there are none
     */
    public record Backlog(
            String channel,
            long waiting,
            long refused,
            @Nullable Instant oldest) {}

    /** Returns what waits for each channel; channels for which nothing waits are absent. */
    public List<Backlog> backlog() {
        return database.read(handle -> handle.createQuery(BACKLOG)
                .map((row, context) -> new Backlog(
                        row.getString("channel"),
                        row.getLong("waiting"),
                        row.getLong("refused"),
                        Columns.instantOrNull(row, "oldest")))
                .list());
    }

    /**
     * The last acceptance of a channel.
     *
     * @param channel its name
     * @param at when
     */
    public record Acceptance(String channel, Instant at) {}

    /** Returns the last acceptance of each channel that ever accepted a message. */
    public List<Acceptance> acceptances() {
        return database.read(handle -> handle.createQuery(ACCEPTED)
                .map((row, context) -> new Acceptance(row.getString("channel"), Columns.instant(row, "accepted_at")))
                .list());
    }

    /** Returns what was told on a channel about incidents that are still open. */
    public List<Message> firing(String channel) {
        return database.read(handle -> handle.createQuery(FIRING)
                .bind("channel", channel)
                .map((row, context) -> message(row))
                .list());
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getString("message_key"),
                row.getString("incident"),
                Message.Kind.of(row.getString("kind")),
                row.getInt("number"),
                new Receiver(row.getString("channel"), row.getString("address")),
                row.getString("rule"),
                row.getString("reason"),
                Columns.instant(row, "created_at"),
                Facts.read(Columns.readFields(row.getString("facts"))),
                new Message.Progress(
                        Message.State.of(row.getString("state")),
                        Columns.instant(row, "due"),
                        Columns.instantOrNull(row, "released_at"),
                        row.getInt("attempts"),
                        Columns.instantOrNull(row, "attempted_at"),
                        Columns.instantOrNull(row, "accepted_at"),
                        row.getString("words"),
                        row.getString("digest")));
    }
}
