package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Keeps encrypted secrets. They are written by {@link TargetStore#write} and {@link RuleStore#write}, in the transaction of
 * what needs them. Thread-safe; a write that fails has changed nothing.
 */
public final class SecretStore {
    private static final String ALL = "SELECT owner, name, key_id, nonce, ciphertext FROM secret ORDER BY owner, name";

    private static final String SAVE = """
            INSERT INTO secret (owner, name, key_id, nonce, ciphertext) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, name) DO UPDATE SET
                key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext
            """;

    private static final String REMOVE = "DELETE FROM secret WHERE owner = ?";

    private final Database database;

    /** Keeps secrets in that database. */
    public SecretStore(Database database) {
        this.database = database;
    }

    /**
     * An encrypted secret.
     *
     * @param owner the owner, see {@link #owner}
     * @param name its name, unique for this owner
     * @param keyId the key that it was encrypted with
     * @param nonce the nonce of this encryption, in base64
     * @param ciphertext the encrypted text with its tag, in base64
     */
    public record SecretRow(String owner, String name, String keyId, String nonce, String ciphertext) {}

    /** Decrypts secrets; empty if the key is lost. */
    @FunctionalInterface
    public interface Opener {
        /** An opener for databases without secrets. */
        Opener NONE = row -> Optional.empty();

        /** Returns the secret; empty if it cannot be read. */
        Optional<Secret> open(SecretRow row);
    }

    /** Thrown when a secret is missing, or its key is. */
    static final class LostSecretException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        LostSecretException(String name) {
            super("its secret " + name + " cannot be read, give it again");
        }
    }

    /** Returns the owner under which the secrets of a target are kept. */
    public static String owner(TargetId target) {
        return "target:" + target;
    }

    /** Returns the owner under which the secrets of a channel are kept. */
    public static String channelOwner(String channel) {
        return "channel:" + channel;
    }

    /** Returns all secrets, in the order of owners and names. */
    public List<SecretRow> secrets() {
        return database.read(SecretStore::all);
    }

    private static List<SecretRow> all(Handle handle) {
        return handle.createQuery(ALL).map((row, context) -> secret(row)).list();
    }

    private static SecretRow secret(ResultSet row) throws SQLException {
        return new SecretRow(
                row.getString("owner"),
                row.getString("name"),
                row.getString("key_id"),
                row.getString("nonce"),
                row.getString("ciphertext"));
    }

    /**
     * Replaces each secret by the result of the function, in one transaction; a secret for which the function returns
     * empty stays. Changes nothing if the function throws.
     */
    public void replaceAll(Function<SecretRow, Optional<SecretRow>> replacement, AuditEntry why) {
        database.write(handle -> {
            List<SecretRow> changed = all(handle).stream()
                    .flatMap(row -> replacement.apply(row).stream())
                    .toList();
            save(handle.getConnection(), changed);
            AuditStore.add(handle, List.of(why));
        });
    }

    /** Replaces all secrets of each of these owners, within a transaction of the caller. */
    static void replace(Handle handle, Map<String, List<SecretRow>> secrets) {
        try {
            Connection connection = handle.getConnection();
            Statements.all(connection, REMOVE, secrets.keySet(), (row, owner) -> row.setString(1, owner));
            save(connection, secrets.values().stream().flatMap(List::stream).toList());
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    private static void save(Connection connection, Collection<SecretRow> secrets) {
        try {
            Statements.all(connection, SAVE, secrets, (row, secret) -> {
                row.setString(1, secret.owner());
                row.setString(2, secret.name());
                row.setString(3, secret.keyId());
                row.setString(4, secret.nonce());
                row.setString(5, secret.ciphertext());
            });
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    /** Reads the secrets of all owners, for rows that refer to them by name. */
    static Reader reader(Handle handle, Opener opener) {
        Map<String, Map<String, SecretRow>> rows = new HashMap<>();
        all(handle)
                .forEach(row -> rows.computeIfAbsent(row.owner(), owner -> new HashMap<>())
                        .put(row.name(), row));
        return new Reader(rows, opener);
    }

    /** The secrets of all owners, decrypted when they are asked for. */
    record Reader(Map<String, Map<String, SecretRow>> rows, Opener opener) {
        /**
         * Returns the named secrets.
         *
         * @throws LostSecretException if one of them cannot be read
         */
        Map<String, Secret> read(String owner, List<String> names) {
            Map<String, SecretRow> known = rows.getOrDefault(owner, Map.of());
            Map<String, Secret> secrets = new LinkedHashMap<>();
            for (String name : names) {
                secrets.put(
                        name,
                        Optional.ofNullable(known.get(name))
                                .flatMap(opener::open)
                                .orElseThrow(() -> new LostSecretException(name)));
            }
            return secrets;
        }
    }
}
