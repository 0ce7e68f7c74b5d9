package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Tokens, users and sessions in an SQL database. */
final class SqlAccessStore implements AccessStore {
    private final Jdbi jdbi;

    SqlAccessStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Makes the change and its entry in one transaction; without a change there is no entry either. */
    private boolean audited(AuditEntry why, ToIntFunction<Handle> change) {
        return jdbi.inTransaction(handle -> {
            boolean changed = change.applyAsInt(handle) > 0;
            if (changed) {
                SqlAuditStore.add(handle, List.of(why));
            }
            return changed;
        });
    }

    @Override
    public List<TokenRow> tokens() {
        return jdbi.withHandle(handle -> handle.createQuery(AccessSql.TOKENS)
                .map((row, context) -> token(row))
                .list());
    }

    private static TokenRow token(ResultSet row) throws SQLException {
        BoundsRow bounds = new BoundsRow(
                row.getString("app_prefix"),
                JsonColumn.readList(row.getString("addresses")),
                JsonColumn.readList(row.getString("selectors")));
        return new TokenRow(
                row.getString("name"),
                row.getString("role"),
                row.getString("hash"),
                bounds,
                instant(row, "created_at"),
                instantOrNull(row, "used_at"),
                instantOrNull(row, "expires_at"),
                instantOrNull(row, "revoked_at"));
    }

    @Override
    public boolean addToken(TokenRow token, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(AccessSql.ADD_TOKEN)
                        .bind("name", token.name())
                        .bind("role", token.role())
                        .bind("hash", token.hash())
                        .bind("appPrefix", token.bounds().appPrefix())
                        .bind("addresses", JsonColumn.list(token.bounds().addresses()))
                        .bind("selectors", JsonColumn.list(token.bounds().selectors()))
                        .bind("created", token.created().toEpochMilli())
                        .bind(
                                "expires",
                                token.expires() == null
                                        ? null
                                        : (Long) token.expires().toEpochMilli())
                        .execute());
    }

    @Override
    public boolean revokeToken(String name, Instant at, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(AccessSql.REVOKE_TOKEN)
                        .bind("name", name)
                        .bind("at", at.toEpochMilli())
                        .execute());
    }

    @Override
    public void tokenUsed(String hash, Instant at) {
        used(AccessSql.TOKEN_USED, hash, at);
    }

    private void used(String sql, String hash, Instant at) {
        jdbi.useTransaction(handle -> handle.createUpdate(sql)
                .bind("hash", hash)
                .bind("at", at.toEpochMilli())
                .execute());
    }

    @Override
    public List<UserRow> users() {
        return jdbi.withHandle(handle -> handle.createQuery(AccessSql.USERS)
                .map((row, context) -> user(row))
                .list());
    }

    @Override
    public Optional<UserRow> user(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(AccessSql.USER)
                .bind("name", name)
                .map((row, context) -> user(row))
                .findFirst());
    }

    private static UserRow user(ResultSet row) throws SQLException {
        return new UserRow(
                row.getString("name"),
                row.getString("role"),
                JsonColumn.readList(row.getString("selectors")),
                row.getString("password_hash"),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    @Override
    public boolean addUser(UserRow user, AuditEntry why) {
        return audited(
                why,
                handle -> bind(handle.createUpdate(AccessSql.ADD_USER), user)
                        .bind("created", user.created().toEpochMilli())
                        .execute());
    }

    @Override
    public boolean changeUser(UserRow user, AuditEntry why) {
        return audited(why, handle -> {
            handle.createUpdate(AccessSql.END_SESSIONS)
                    .bind("name", user.name())
                    .execute();
            return bind(handle.createUpdate(AccessSql.CHANGE_USER), user).execute();
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UserRow user) {
        return statement
                .bind("name", user.name())
                .bind("role", user.role())
                .bind("selectors", JsonColumn.list(user.selectors()))
                .bind("password", user.passwordHash())
                .bind("changed", user.changed().toEpochMilli());
    }

    @Override
    public boolean removeUser(String name, AuditEntry why) {
        return audited(
                why,
                handle -> handle.createUpdate(AccessSql.REMOVE_USER)
                        .bind("name", name)
                        .execute());
    }

    @Override
    public Optional<SessionRow> session(String hash) {
        return jdbi.withHandle(handle -> handle.createQuery(AccessSql.SESSION)
                .bind("hash", hash)
                .map((row, context) ->
                        new SessionRow(hash, user(row), instant(row, "begun_at"), instant(row, "used_at")))
                .findFirst());
    }

    @Override
    public boolean addSession(SessionRow session, Instant begunBefore, Instant usedBefore, AuditEntry why) {
        return audited(why, handle -> {
            handle.createUpdate(AccessSql.FORGET_SESSIONS)
                    .bind("begunBefore", begunBefore.toEpochMilli())
                    .bind("usedBefore", usedBefore.toEpochMilli())
                    .execute();
            return handle.createUpdate(AccessSql.ADD_SESSION)
                    .bind("hash", session.hash())
                    .bind("created", session.created().toEpochMilli())
                    .bind("used", session.used().toEpochMilli())
                    .bind("name", session.user().name())
                    .bind("role", session.user().role())
                    .bind("password", session.user().passwordHash())
                    .execute();
        });
    }

    @Override
    public void sessionUsed(String hash, Instant at) {
        used(AccessSql.SESSION_USED, hash, at);
    }

    @Override
    public void endSession(String hash, AuditEntry why) {
        boolean unused = audited(
                why,
                handle -> handle.createUpdate(AccessSql.END_SESSION)
                        .bind("hash", hash)
                        .execute());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }
}
