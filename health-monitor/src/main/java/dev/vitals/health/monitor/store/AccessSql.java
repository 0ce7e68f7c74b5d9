package dev.vitals.health.monitor.store;

/** The statements of {@link SqlAccessStore}. */
final class AccessSql {
    static final String TOKENS = """
            SELECT name, role, hash, app_prefix, addresses, selectors, created_at, used_at, expires_at, revoked_at
            FROM access_token ORDER BY id
            """;

    static final String ADD_TOKEN = """
            INSERT INTO access_token (name, role, hash, app_prefix, addresses, selectors, created_at, expires_at)
            VALUES (:name, :role, :hash, :appPrefix, :addresses, :selectors, :created, :expires)
            ON CONFLICT DO NOTHING
            """;

    static final String REVOKE_TOKEN =
            "UPDATE access_token SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL";

    static final String TOKEN_USED = "UPDATE access_token SET used_at = :at WHERE hash = :hash";

    static final String USERS =
            "SELECT name, role, selectors, password_hash, created_at, changed_at FROM access_user ORDER BY name";

    static final String USER =
            "SELECT name, role, selectors, password_hash, created_at, changed_at FROM access_user WHERE name = :name";

    static final String ADD_USER = """
            INSERT INTO access_user (name, role, selectors, password_hash, created_at, changed_at)
            VALUES (:name, :role, :selectors, :password, :created, :changed)
            ON CONFLICT DO NOTHING
            """;

    static final String CHANGE_USER = """
            UPDATE access_user SET role = :role, selectors = :selectors, password_hash = :password, changed_at = :changed
            WHERE name = :name
            """;

    static final String REMOVE_USER = "DELETE FROM access_user WHERE name = :name";

    static final String END_SESSIONS = "DELETE FROM access_session WHERE user_name = :name";

    static final String SESSION = """
            SELECT s.created_at AS begun_at, s.used_at,
                   u.name, u.role, u.selectors, u.password_hash, u.created_at, u.changed_at
            FROM access_session s JOIN access_user u ON u.name = s.user_name
            WHERE s.hash = :hash
            """;

    // Only if password and role are still those that the login has judged.
    static final String ADD_SESSION = """
            INSERT INTO access_session (hash, user_name, created_at, used_at)
            SELECT :hash, name, :created, :used FROM access_user
            WHERE name = :name AND role = :role AND password_hash = :password
            """;

    static final String FORGET_SESSIONS =
            "DELETE FROM access_session WHERE created_at < :begunBefore OR used_at < :usedBefore";

    static final String SESSION_USED = "UPDATE access_session SET used_at = :at WHERE hash = :hash";

    static final String END_SESSION = "DELETE FROM access_session WHERE hash = :hash";

    private AccessSql() {}
}
