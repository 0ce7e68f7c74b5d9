package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.SecretStore.LostSecretException;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps channels, rules, expectations and the addresses that opted out. Thread-safe; a write that returns is on the disk, a
 * write that fails has changed nothing.
 */
public final class RuleStore {
    private static final String CHANNELS = "SELECT name, type, fields, secrets, from_file FROM channel ORDER BY name";

    private static final String SAVE_CHANNEL = """
            INSERT INTO channel (name, type, fields, secrets, from_file)
            VALUES (:name, :type, :fields, :secrets, :fromFile)
            ON CONFLICT (name) DO UPDATE SET
                type = excluded.type, fields = excluded.fields, secrets = excluded.secrets, from_file = excluded.from_file
            """;

    private static final String RULES = "SELECT name, fields, from_file FROM rule ORDER BY from_file DESC, position";

    private static final String SAVE_RULE = """
            INSERT INTO rule (name, position, fields, from_file)
            VALUES (:name, (SELECT coalesce(max(position), 0) + 1 FROM rule), :fields, :fromFile)
            ON CONFLICT (name) DO UPDATE SET fields = excluded.fields, from_file = excluded.from_file
            """;

    private static final String EXPECTATIONS = "SELECT app, fields, from_file FROM expectation ORDER BY app";

    private static final String SAVE_EXPECTATION = """
            INSERT INTO expectation (app, fields, from_file) VALUES (:app, :fields, :fromFile)
            ON CONFLICT (app) DO UPDATE SET fields = excluded.fields, from_file = excluded.from_file
            """;

    private static final String OPT_OUTS = "SELECT address, at FROM opt_out ORDER BY at, address";

    private static final String SAVE_OPT_OUT =
            "INSERT INTO opt_out (address, at) VALUES (:address, :at) ON CONFLICT (address) DO NOTHING";

    private final Database database;
    private final SecretStore.Opener opener;

    /** Keeps rules in that database, and decrypts the secrets of channels when they are loaded. */
    public RuleStore(Database database, SecretStore.Opener opener) {
        this.database = database;
        this.opener = opener;
    }

    /**
     * A channel without its secrets.
     *
     * @param name unique
     * @param type the name of its type
     * @param fields its settings
     * @param fromFile whether it comes from the services file
     */
    public record ChannelRow(String name, String type, Map<String, Object> fields, boolean fromFile) {}

    /**
     * A channel as it was stored.
     *
     * @param row its settings
     * @param secrets its secrets by their names; none if one of them is lost
     * @param problem why its secrets cannot be read; null if they can
     */
    public record StoredChannel(
            ChannelRow row,
            Map<String, Secret> secrets,
            @Nullable String problem) {}

    /**
     * A rule.
     *
     * @param name unique
     * @param fields its values
     * @param fromFile whether it comes from the services file
     */
    public record RuleRow(String name, Map<String, Object> fields, boolean fromFile) {}

    /**
     * An expectation.
     *
     * @param app unique
     * @param fields its values
     * @param fromFile whether it comes from the services file
     */
    public record ExpectationRow(String app, Map<String, Object> fields, boolean fromFile) {}

    /**
     * An address that gets nothing by a registration.
     *
     * @param address the address of email
     * @param at since when
     */
    public record OptOut(String address, Instant at) {}

    /** All that is stored: rules in their order, those of the file first; the others in the order of their keys. */
    public record Stored(
            List<StoredChannel> channels,
            List<RuleRow> rules,
            List<ExpectationRow> expectations,
            List<OptOut> optOuts) {}

    /** A change of one row. */
    public sealed interface Edit {}

    /** Adds or replaces a channel, with all its encrypted secrets. */
    public record PutChannel(ChannelRow row, List<SecretRow> secrets) implements Edit {}

    /** Adds a rule behind those that are there, or replaces it in its place. */
    public record PutRule(RuleRow row) implements Edit {}

    /** Adds or replaces an expectation. */
    public record PutExpectation(ExpectationRow row) implements Edit {}

    /** Adds an address; one that is there already stays as it is. */
    public record PutOptOut(OptOut row) implements Edit {}

    /** Removes a row; a channel with its secrets. */
    public record Remove(Table from, String key) implements Edit {}

    /** The tables, with their keys. */
    public enum Table {
        /** Channels by their names. */
        CHANNEL("name"),
        /** Rules by their names. */
        RULE("name"),
        /** Expectations by their apps. */
        EXPECTATION("app"),
        /** Addresses that opted out. */
        OPT_OUT("address");

        private final String remove;

        Table(String key) {
            remove = "DELETE FROM " + name().toLowerCase(Locale.ROOT) + " WHERE " + key + " = :key";
        }
    }

    /** Returns all that is stored. */
    public Stored load() {
        return database.read(handle -> {
            SecretStore.Reader secrets = SecretStore.reader(handle, opener);
            return new Stored(
                    handle.createQuery(CHANNELS)
                            .map((row, context) -> channel(row, secrets))
                            .list(),
                    handle.createQuery(RULES)
                            .map((row, context) -> new RuleRow(row.getString("name"), fields(row), fromFile(row)))
                            .list(),
                    handle.createQuery(EXPECTATIONS)
                            .map((row, context) -> new ExpectationRow(row.getString("app"), fields(row), fromFile(row)))
                            .list(),
                    handle.createQuery(OPT_OUTS)
                            .map((row, context) -> new OptOut(row.getString("address"), Columns.instant(row, "at")))
                            .list());
        });
    }

    private static StoredChannel channel(ResultSet row, SecretStore.Reader secrets) throws SQLException {
        String name = row.getString("name");
        ChannelRow channel = new ChannelRow(name, row.getString("type"), fields(row), fromFile(row));
        try {
            List<String> names = Columns.readList(row.getString("secrets"));
            return new StoredChannel(channel, secrets.read(SecretStore.channelOwner(name), names), null);
        } catch (LostSecretException lost) {
            return new StoredChannel(channel, Map.of(), lost.getMessage());
        }
    }

    private static Map<String, Object> fields(ResultSet row) throws SQLException {
        return Columns.readFields(row.getString("fields"));
    }

    private static boolean fromFile(ResultSet row) throws SQLException {
        return row.getInt("from_file") != 0;
    }

    /** Makes the changes in their order, with an entry of the audit log, in one transaction. */
    public void write(List<Edit> edits, AuditEntry why) {
        database.write(handle -> {
            write(handle, edits);
            AuditStore.add(handle, List.of(why));
        });
    }

    /** Makes the changes in their order, within a transaction of the caller. */
    static void write(Handle handle, List<Edit> edits) {
        Map<String, List<SecretRow>> secrets = new LinkedHashMap<>();
        for (Edit edit : edits) {
            if (edit instanceof PutChannel put) {
                save(handle, put);
                secrets.put(SecretStore.channelOwner(put.row().name()), put.secrets());
            } else if (edit instanceof PutRule put) {
                handle.createUpdate(SAVE_RULE)
                        .bind("name", put.row().name())
                        .bind("fields", Columns.fields(put.row().fields()))
                        .bind("fromFile", put.row().fromFile() ? 1 : 0)
                        .execute();
            } else if (edit instanceof PutExpectation put) {
                handle.createUpdate(SAVE_EXPECTATION)
                        .bind("app", put.row().app())
                        .bind("fields", Columns.fields(put.row().fields()))
                        .bind("fromFile", put.row().fromFile() ? 1 : 0)
                        .execute();
            } else if (edit instanceof PutOptOut put) {
                handle.createUpdate(SAVE_OPT_OUT)
                        .bind("address", put.row().address())
                        .bind("at", put.row().at().toEpochMilli())
                        .execute();
            } else if (edit instanceof Remove remove) {
                handle.createUpdate(remove.from().remove)
                        .bind("key", remove.key())
                        .execute();
                if (remove.from() == Table.CHANNEL) {
                    secrets.put(SecretStore.channelOwner(remove.key()), List.of());
                }
            }
        }
        SecretStore.replace(handle, secrets);
    }

    private static void save(Handle handle, PutChannel put) {
        List<String> names = put.secrets().stream().map(SecretRow::name).toList();
        handle.createUpdate(SAVE_CHANNEL)
                .bind("name", put.row().name())
                .bind("type", put.row().type())
                .bind("fields", Columns.fields(put.row().fields()))
                .bind("secrets", Columns.list(names))
                .bind("fromFile", put.row().fromFile() ? 1 : 0)
                .execute();
    }
}
