package dev.vitals.health.monitor.access;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sender of a request, with its permissions. Immutable. */
public final class Principal {
    private final Actor actor;
    private final @Nullable Role role;
    private final Scope scope;
    private final @Nullable Session session;

    /** The session of a user, and when it ends unless it is used. */
    record Session(String token, String user, Instant until) {}

    private Principal(Actor actor, @Nullable Role role, Scope scope, @Nullable Session session) {
        this.actor = actor;
        this.role = role;
        this.scope = scope;
        this.session = session;
    }

    /** Returns a sender without token and session. */
    public static Principal anonymous(String address) {
        return new Principal(new Actor("anonymous", address), null, Scope.ALL, null);
    }

    static Principal token(String name, Role role, Scope scope, String address) {
        return new Principal(new Actor("token:" + name, address), role, scope, null);
    }

    static Principal user(Session session, Role role, Scope scope, String address) {
        return new Principal(new Actor("user:" + session.user(), address), role, scope, session);
    }

    /** Returns the name for the audit log. */
    public Actor actor() {
        return actor;
    }

    /** Returns the role; empty without token and session. */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    /** Returns the bounds of the role. */
    public Scope scope() {
        return scope;
    }

    /** Returns whether the role includes the permission. */
    public boolean may(Permission permission) {
        return permission == Permission.PUBLIC || (role != null && role.may(permission));
    }

    /** Returns whether the token may be used from the address of the request. */
    public boolean inScope() {
        return scope.coversAddress(actor.address());
    }

    /** Returns the CSRF token, which a change must carry beside the cookie; empty without a session. */
    public Optional<String> csrf() {
        return session == null ? Optional.empty() : Optional.of(TokenFormat.derived(session.token(), "csrf"));
    }

    /** Returns when the session ends unless it is used; empty without a session. */
    public Optional<Instant> until() {
        return session == null ? Optional.empty() : Optional.of(session.until());
    }

    Optional<String> sessionHash() {
        return session == null ? Optional.empty() : Optional.of(TokenFormat.hash(session.token()));
    }
}
