package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps tokens, users and sessions. Changes are kept together with their entry in the audit log, both or neither.
 *
 * <p>Thread-safe. When a method that writes returns, what it wrote survives the death of the process.
 */
public interface AccessStore {
    /** Returns all tokens, also those that count no longer, in the order of their making. */
    List<TokenRow> tokens();

    /** Adds a token; says false, and keeps nothing, if a token of that name is in force. */
    boolean addToken(TokenRow token, AuditEntry why);

    /** Revokes the token of that name; says false if none is in force. */
    boolean revokeToken(String name, Instant at, AuditEntry why);

    /** Notes when the token of that hash was used. */
    void tokenUsed(String hash, Instant at);

    /** Returns all users in the order of their names. */
    List<UserRow> users();

    /** Returns one user. */
    Optional<UserRow> user(String name);

    /** Adds a user; says false, and keeps nothing, if there is one of that name. */
    boolean addUser(UserRow user, AuditEntry why);

    /** Puts the user in the place of the one of the same name, whose sessions end; says false if there is none. */
    boolean changeUser(UserRow user, AuditEntry why);

    /** Removes the user, whose sessions end; says false if there is none. */
    boolean removeUser(String name, AuditEntry why);

    /** Returns one session, with its user as of now. */
    Optional<SessionRow> session(String hash);

    /**
     * Begins a session; says false, and keeps nothing, if the user is not as given any more. Forgets sessions that were
     * begun or used last before the given times.
     */
    boolean addSession(SessionRow session, Instant begunBefore, Instant usedBefore, AuditEntry why);

    /** Notes when the session was used. */
    void sessionUsed(String hash, Instant at);

    /** Ends the session. */
    void endSession(String hash, AuditEntry why);

    /** Returns what is kept about access beside that store. */
    static AccessStore beside(Store store) {
        return new SqlAccessStore(SqlStore.jdbi(store));
    }
}
