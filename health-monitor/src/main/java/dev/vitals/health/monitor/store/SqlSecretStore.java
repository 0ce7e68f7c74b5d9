package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Secrets in an SQL database. */
final class SqlSecretStore implements SecretStore {
    private static final String ONE =
            "SELECT owner, name, key_id, nonce, ciphertext FROM secret WHERE owner = :owner AND name = :name";

    private static final String ALL = "SELECT owner, name, key_id, nonce, ciphertext FROM secret ORDER BY owner, name";

    private static final String SAVE = """
            INSERT INTO secret (owner, name, key_id, nonce, ciphertext)
            VALUES (:owner, :name, :keyId, :nonce, :ciphertext)
            ON CONFLICT (owner, name) DO UPDATE SET
                key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext
            """;

    private static final String REMOVE = "DELETE FROM secret WHERE owner = :owner";

    private final Jdbi jdbi;

    SqlSecretStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<SecretRow> secret(String owner, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE)
                .bind("owner", owner)
                .bind("name", name)
                .map((row, context) -> secret(row))
                .findFirst());
    }

    @Override
    public List<SecretRow> secrets() {
        return jdbi.withHandle(SqlSecretStore::all);
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

    @Override
    public void save(SecretRow secret) {
        jdbi.useTransaction(handle -> save(handle, secret));
    }

    private static void save(Handle handle, SecretRow secret) {
        handle.createUpdate(SAVE)
                .bind("owner", secret.owner())
                .bind("name", secret.name())
                .bind("keyId", secret.keyId())
                .bind("nonce", secret.nonce())
                .bind("ciphertext", secret.ciphertext())
                .execute();
    }

    @Override
    public int remove(String owner) {
        return jdbi.inTransaction(
                handle -> handle.createUpdate(REMOVE).bind("owner", owner).execute());
    }

    @Override
    public void replaceAll(Function<SecretRow, Optional<SecretRow>> replacement, AuditEntry why) {
        jdbi.useTransaction(handle -> {
            for (SecretRow before : all(handle)) {
                replacement.apply(before).ifPresent(after -> save(handle, after));
            }
            SqlAuditStore.add(handle, List.of(why));
        });
    }
}
