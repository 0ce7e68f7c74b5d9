package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AccessStore;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import dev.vitals.health.monitor.store.AccessStore.UserRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** The people who may log in. Thread-safe; passwords are hashed on threads of their own. */
public final class Users {
    private final AccessStore store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Passwords passwords;

    Users(AccessStore store, AuditLog audit, InstantSource clock, Passwords passwords) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** Returns all users; asks the store. */
    public List<User> list() {
        return store.users().stream().map(User::of).toList();
    }

    /**
     * Adds a user; the future says false if there is one of that name.
     *
     * @throws InvalidFieldsException if values are out of their bounds
     */
    public CompletableFuture<Boolean> add(String name, String role, List<String> selectors, Secret password, Actor by) {
        FieldErrors refusals = new FieldErrors();
        refusals.unless(TargetId.isName(name), "name", name, TargetId.BOUND);
        Optional<Role> held = judge(role, selectors, refusals);
        refusals.check();
        Passwords.judge(password, name);
        String kept = held.orElseThrow().name();
        return passwords.hash(password).thenApply(hash -> {
            Instant now = now();
            return store.addUser(
                    new UserRow(name, kept, selectors, hash, now, now),
                    audit.entry(by, "user.add", "user:" + name, "role " + role));
        });
    }

    /** Changes the password, and ends all sessions; the future says false if there is no such user. */
    public CompletableFuture<Boolean> password(String name, Secret password, Actor by) {
        Passwords.judge(password, name);
        return passwords
                .hash(password)
                .thenApply(hash -> change(
                        name,
                        by,
                        "user.password",
                        "",
                        user -> new UserRow(name, user.role(), user.selectors(), hash, user.created(), now())));
    }

    /** Changes the role, and ends all sessions; says false if there is no such user. */
    public boolean role(String name, String role, List<String> selectors, Actor by) {
        FieldErrors refusals = new FieldErrors();
        Optional<Role> held = judge(role, selectors, refusals);
        refusals.check();
        return change(
                name,
                by,
                "user.role",
                "role " + role,
                user -> new UserRow(
                        name, held.orElseThrow().name(), selectors, user.passwordHash(), user.created(), now()));
    }

    private boolean change(String name, Actor by, String action, String detail, UnaryOperator<UserRow> change) {
        Optional<UserRow> user = store.user(name);
        return user.isPresent()
                && store.changeUser(change.apply(user.get()), audit.entry(by, action, "user:" + name, detail));
    }

    /** Removes the user, and ends all sessions; says false if there is none. */
    public boolean remove(String name, Actor by) {
        return store.removeUser(name, audit.entry(by, "user.remove", "user:" + name, ""));
    }

    private static Optional<Role> judge(String role, List<String> selectors, FieldErrors refusals) {
        Optional<Role> held = Role.of(role).filter(known -> known != Role.REGISTRAR);
        refusals.unless(held.isPresent(), "role", role, "one of viewer, operator, admin");
        Scope.of(new BoundsRow("", List.of(), selectors), refusals);
        return held;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
