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

/** The users who may log in. Thread-safe; passwords are hashed on other threads. */
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

    /** Returns all users; reads the store. */
    public List<User> list() {
        return store.users().stream().map(User::of).toList();
    }

    /**
     * Adds a user; the future is false if the name is in use.
     *
     * @throws InvalidFieldsException if values are out of bounds
     */
    public CompletableFuture<Boolean> add(String name, String role, List<String> selectors, Secret password, Actor by) {
        FieldErrors errors = new FieldErrors();
        errors.unless(TargetId.isName(name), "name", name, TargetId.BOUND);
        Optional<Role> known = checked(role, selectors, errors);
        errors.check();
        Passwords.check(password, name);
        String kept = known.orElseThrow().name();
        return passwords.hash(password).thenApply(hash -> {
            Instant now = now();
            return store.addUser(
                    new UserRow(name, kept, selectors, hash, now, now),
                    audit.entry(by, "user.add", "user:" + name, "role " + role));
        });
    }

    /** Changes the password and ends all sessions of the user; the future is false if there is no such user. */
    public CompletableFuture<Boolean> password(String name, Secret password, Actor by) {
        Passwords.check(password, name);
        return passwords
                .hash(password)
                .thenApply(hash -> change(
                        name,
                        by,
                        "user.password",
                        "",
                        user -> new UserRow(name, user.role(), user.selectors(), hash, user.created(), now())));
    }

    /** Changes the role and ends all sessions of the user; returns false if there is no such user. */
    public boolean role(String name, String role, List<String> selectors, Actor by) {
        FieldErrors errors = new FieldErrors();
        Optional<Role> known = checked(role, selectors, errors);
        errors.check();
        return change(
                name,
                by,
                "user.role",
                "role " + role,
                user -> new UserRow(
                        name, known.orElseThrow().name(), selectors, user.passwordHash(), user.created(), now()));
    }

    private boolean change(String name, Actor by, String action, String detail, UnaryOperator<UserRow> change) {
        Optional<UserRow> user = store.user(name);
        return user.isPresent()
                && store.changeUser(change.apply(user.get()), audit.entry(by, action, "user:" + name, detail));
    }

    /** Removes the user and ends all their sessions; returns false if there is no such user. */
    public boolean remove(String name, Actor by) {
        return store.removeUser(name, audit.entry(by, "user.remove", "user:" + name, ""));
    }

    private static Optional<Role> checked(String role, List<String> selectors, FieldErrors errors) {
        Optional<Role> userRole = Role.of(role).filter(any -> any != Role.REGISTRAR);
        errors.unless(userRole.isPresent(), "role", role, "one of viewer, operator, admin");
        Scope.of(new BoundsRow("", List.of(), selectors), errors);
        return userRole;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A user without the password.
     *
     * @param name the name
     * @param role the permissions
     * @param selectors which targets the user may change; empty for all
     * @param created when the user was added
     * @param changed when password or role were last changed
     */
    public record User(String name, Role role, List<String> selectors, Instant created, Instant changed) {
        static User of(UserRow row) {
            return new User(row.name(), Role.valueOf(row.role()), row.selectors(), row.created(), row.changed());
        }
    }
}
