package dev.vitals.health.monitor.access;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request, and what he may. Immutable. */
public final class Principal {
    private final Actor actor;
    private final @Nullable Role role;
    private final Scope scope;
    private final @Nullable Session session;

    /** What a person's cookie stands for: its token, and until when it holds unless it is used. */
    record Session(String token, String user, Instant until) {}

    private Principal(Actor actor, @Nullable Role role, Scope scope, @Nullable Session session) {
        this.actor = actor;
        this.role = role;
        this.scope = scope;
        this.session = session;
    }

    /** Returns somebody of whom nothing is known. */
    public static Principal anonymous(String address) {
        return new Principal(new Actor("anonymous", address), null, Scope.ALL, null);
    }

    static Principal token(String name, Role role, Scope scope, String address) {
        return new Principal(new Actor("token:" + name, address), role, scope, null);
    }

    static Principal person(Session session, Role role, Scope scope, String address) {
        return new Principal(new Actor("user:" + session.user(), address), role, scope, session);
    }

    /** Returns the name for the audit log. */
    public Actor actor() {
        return actor;
    }

    /** Returns the role; empty for somebody of whom nothing is known. */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    /** Returns where the role holds. */
    public Scope scope() {
        return scope;
    }

    /** Returns whether the role includes the permission. */
    public boolean may(Permission permission) {
        return permission == Permission.PUBLIC || (role != null && role.may(permission));
    }

    /** Returns whether the token may be used from where it is used. */
    public boolean inScope() {
        return scope.coversAddress(actor.address());
    }

    /** Returns whether it is a person with a session, whose browser sends the cookie whoever made the request. */
    public boolean byCookie() {
        return session != null;
    }

    /** Returns what a changing request of this session must show beside the cookie; empty without a session. */
    public Optional<String> csrf() {
        return session == null ? Optional.empty() : Optional.of(TokenFormat.derived(session.token(), "csrf"));
    }

    /** Returns when the session ends if it is not used; empty without a session. */
    public Optional<Instant> until() {
        return session == null ? Optional.empty() : Optional.of(session.until());
    }

    Optional<String> sessionHash() {
        return session == null ? Optional.empty() : Optional.of(TokenFormat.hash(session.token()));
    }
}
