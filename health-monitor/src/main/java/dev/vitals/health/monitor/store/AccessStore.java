package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens, users, sessions and which links were used. A change and its entry in the audit log are stored together; without a change there is
 * no entry. Thread-safe; a write that returns is on the disk, a write that fails has changed nothing.
 */
public final class AccessStore {
    private static final String TOKENS = """
            SELECT name, role, hash, app_prefix, addresses, selectors, created_at, used_at, expires_at, revoked_at
            FROM access_token ORDER BY id
            """;

    private static final String ADD_TOKEN = """
            INSERT INTO access_token (name, role, hash, app_prefix, addresses, selectors, created_at, expires_at)
            VALUES (:name, :role, :hash, :appPrefix, :addresses, :selectors, :created, :expires)
            ON CONFLICT DO NOTHING
            """;

    private static final String REVOKE_TOKEN =
            "UPDATE access_token SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL";

    private static final String TOKEN_USED = "UPDATE access_token SET used_at = :at WHERE hash = :hash";

    private static final String USERS =
            "SELECT name, role, selectors, password_hash, created_at, changed_at FROM access_user";

    private static final String ADD_USER = """
            INSERT INTO access_user (name, role, selectors, password_hash, created_at, changed_at)
            VALUES (:name, :role, :selectors, :password, :created, :changed)
            ON CONFLICT DO NOTHING
            """;

    private static final String CHANGE_USER = """
            UPDATE access_user SET role = :role, selectors = :selectors, password_hash = :password, changed_at = :changed
            WHERE name = :name
            """;

    private static final String REMOVE_USER = "DELETE FROM access_user WHERE name = :name";

    private static final String END_SESSIONS = "DELETE FROM access_session WHERE user_name = :name";

    private static final String SESSION = """
            SELECT s.created_at AS begun_at, s.used_at,
                   u.name, u.role, u.selectors, u.password_hash, u.created_at, u.changed_at
            FROM access_session s JOIN access_user u ON u.name = s.user_name
            WHERE s.hash = :hash
            """;

    // Only if role and password are still those that the login checked.
    private static final String ADD_SESSION = """
            INSERT INTO access_session (hash, user_name, created_at, used_at)
            SELECT :hash, name, :created, :used FROM access_user
            WHERE name = :name AND role = :role AND password_hash = :password
            """;

    private static final String FORGET_SESSIONS =
            "DELETE FROM access_session WHERE created_at < :begunBefore OR used_at < :usedBefore";

    private static final String SESSION_USED = "UPDATE access_session SET used_at = :at WHERE hash = :hash";

    private static final String END_SESSION = "DELETE FROM access_session WHERE hash = :hash";

    private static final String USE_LINK =
            "INSERT INTO used_link (hash, at) VALUES (:hash, :at) ON CONFLICT (hash) DO NOTHING";

    private final Database database;

    /** Keeps tokens, users and sessions in that database. */
    public AccessStore(Database database) {
        this.database = database;
    }

    /**
     * The limits of a token or a user, as text.
     *
     * @param appPrefix the prefix of the apps that may be registered; empty for all
     * @param addresses the address ranges from which it may be used; empty for all
     * @param selectors the labels of the targets that may be changed; empty for all
     */
    public record BoundsRow(String appPrefix, List<String> addresses, List<String> selectors) {
        /** Copies the lists. */
        public BoundsRow {
            addresses = List.copyOf(addresses);
            selectors = List.copyOf(selectors);
        }
    }

    /**
     * A token; its text is not kept.
     *
     * @param name unique among tokens that are not revoked
     * @param role what it permits
     * @param hash SHA-256 of the token, in hexadecimal
     * @param bounds where it is valid
     * @param created when it was created
     * @param used when it was last used, to the minute; null before the first use
     * @param expires the time from which it is not valid; null for never
     * @param revoked when it was revoked; null if it was not
     */
    public record TokenRow(
            String name,
            String role,
            String hash,
            BoundsRow bounds,
            Instant created,
            @Nullable Instant used,
            @Nullable Instant expires,
            @Nullable Instant revoked) {}

    /**
     * A person who may log in.
     *
     * @param name unique
     * @param role what the person may do
     * @param selectors the labels of the targets that the person may change; empty for all
     * @param passwordHash the hash of the password, with its parameters
     * @param created when the user was added
     * @param changed when password or role last changed
     */
    public record UserRow(
            String name, String role, List<String> selectors, String passwordHash, Instant created, Instant changed) {
        /** Copies the list. */
        public UserRow {
            selectors = List.copyOf(selectors);
        }
    }

    /**
     * A session that a login began.
     *
     * @param hash SHA-256 of the cookie, in hexadecimal
     * @param user the user as it is now
     * @param created when it began
     * @param used when it was last used, to the minute
     */
    public record SessionRow(String hash, UserRow user, Instant created, Instant used) {}

    private boolean audited(AuditEntry why, ToIntFunction<Handle> change) {
        return database.inTransaction(handle -> {
            boolean changed = change.applyAsInt(handle) > 0;
            if (changed) {
                AuditStore.add(handle, List.of(why));
            }
            return changed;
        });
    }

    /** Returns all tokens, also revoked and expired ones, the oldest first. */
    public List<TokenRow> tokens() {
        return database.read(handle ->
                handle.createQuery(TOKENS).map((row, context) -> token(row)).list());
    }

    private static TokenRow token(ResultSet row) throws SQLException {
        return new TokenRow(
                row.getString("name"),
                row.getString("role"),
                row.getString("hash"),
                new BoundsRow(
                        row.getString("app_prefix"),
                        Columns.readList(row.getString("addresses")),
                        Columns.readList(row.getString("selectors"))),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "used_at"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "revoked_at"));
    }

    /** Adds a token. Returns false and changes nothing if a token of that name is not revoked. */
    public boolean addToken(TokenRow token, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(ADD_TOKEN)
                        .bind("name", token.name())
                        .bind("role", token.role())
                        .bind("hash", token.hash())
                        .bind("appPrefix", token.bounds().appPrefix())
                        .bind("addresses", Columns.list(token.bounds().addresses()))
                        .bind("selectors", Columns.list(token.bounds().selectors()))
                        .bind("created", token.created().toEpochMilli())
                        .bind("expires", Columns.millis(token.expires()))
                        .execute());
    }

    /** Revokes the token of that name. Returns false if there is none that is not revoked. */
    public boolean revokeToken(String name, Instant at, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(REVOKE_TOKEN)
                        .bind("name", name)
                        .bind("at", at.toEpochMilli())
                        .execute());
    }

    /** Stores when the token with that hash was used. */
    public void tokenUsed(String hash, Instant at) {
        used(TOKEN_USED, hash, at);
    }

    private void used(String sql, String hash, Instant at) {
        database.write(handle -> handle.createUpdate(sql)
                .bind("hash", hash)
                .bind("at", at.toEpochMilli())
                .execute());
    }

    /** Returns all users, in the order of their names. */
    public List<UserRow> users() {
        return database.read(handle -> handle.createQuery(USERS + " ORDER BY name")
                .map((row, context) -> user(row))
                .list());
    }

    /** Returns one user. */
    public Optional<UserRow> user(String name) {
        return database.read(handle -> handle.createQuery(USERS + " WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> user(row))
                .findFirst());
    }

    private static UserRow user(ResultSet row) throws SQLException {
        return new UserRow(
                row.getString("name"),
                row.getString("role"),
                Columns.readList(row.getString("selectors")),
                row.getString("password_hash"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "changed_at"));
    }

    /** Adds a user. Returns false and changes nothing if the name is in use. */
    public boolean addUser(UserRow user, AuditEntry why) {
        return audited(
                why,
                handle -> bind(handle.createUpdate(ADD_USER), user)
                        .bind("created", user.created().toEpochMilli())
                        .execute());
    }

    /** Replaces the user of that name and ends its sessions. Returns false if there is none. */
    public boolean changeUser(UserRow user, AuditEntry why) {
        return audited(why, handle -> {
            handle.createUpdate(END_SESSIONS).bind("name", user.name()).execute();
            return bind(handle.createUpdate(CHANGE_USER), user).execute();
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UserRow user) {
        return statement
                .bind("name", user.name())
                .bind("role", user.role())
                .bind("selectors", Columns.list(user.selectors()))
                .bind("password", user.passwordHash())
                .bind("changed", user.changed().toEpochMilli());
    }

    /** Removes the user and ends its sessions. Returns false if there is none of that name. */
    public boolean removeUser(String name, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(REMOVE_USER).bind("name", name).execute());
    }

    /** Returns one session, with its user as it is now. */
    public Optional<SessionRow> session(String hash) {
        return database.read(handle -> handle.createQuery(SESSION)
                .bind("hash", hash)
                .map((row, context) -> new SessionRow(
                        hash, user(row), Columns.instant(row, "begun_at"), Columns.instant(row, "used_at")))
                .findFirst());
    }

    /**
     * Adds a session. Returns false and changes nothing if the user is no longer as given. Deletes sessions that began, or
     * were last used, before the given times.
     */
    public boolean addSession(SessionRow session, Instant begunBefore, Instant usedBefore, AuditEntry why) {
        return audited(why, handle -> {
            handle.createUpdate(FORGET_SESSIONS)
                    .bind("begunBefore", begunBefore.toEpochMilli())
                    .bind("usedBefore", usedBefore.toEpochMilli())
                    .execute();
            return handle.createUpdate(ADD_SESSION)
                    .bind("hash", session.hash())
                    .bind("created", session.created().toEpochMilli())
                    .bind("used", session.used().toEpochMilli())
                    .bind("name", session.user().name())
                    .bind("role", session.user().role())
                    .bind("password", session.user().passwordHash())
                    .execute();
        });
    }

    /** Stores when the session was used. */
    public void sessionUsed(String hash, Instant at) {
        used(SESSION_USED, hash, at);
    }

    /** Returns when the link was used; empty if it was not. */
    public Optional<Instant> linkUsedAt(String hash) {
        return database.read(handle -> handle.createQuery("SELECT at FROM used_link WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> Columns.instant(row, "at"))
                .findOne());
    }

    /** Stores that the link was used, if it was not before. Forgets the links that were used before {@code forgotten}. */
    public void useLink(String hash, Instant at, Instant forgotten) {
        database.write(handle -> handle.createUpdate("DELETE FROM used_link WHERE at < :forgotten")
                .bind("forgotten", forgotten.toEpochMilli())
                .execute());
        used(USE_LINK, hash, at);
    }

    /** Ends the session. */
    public void endSession(String hash, AuditEntry why) {
        boolean unused = audited(
                why,
                handle -> handle.createUpdate(END_SESSION).bind("hash", hash).execute());
    }
}
