package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AccessStore;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import dev.vitals.health.monitor.store.AccessStore.TokenRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bearer tokens of requests. Thread-safe; a token is recognized in memory. */
public final class Tokens {
    private final Map<String, Token> byHash = new ConcurrentHashMap<>();
    private final AccessStore store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final LastUse lastUse;

    /** Loads the tokens of the store. */
    public Tokens(AccessStore store, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.lastUse = new LastUse(clock, store::tokenUsed);
        for (TokenRow row : store.tokens()) {
            if (row.revoked() == null) {
                byHash.put(row.hash(), Token.of(row));
            }
        }
    }

    /** Returns who sends that token from that address; empty if the token is unknown or not in force. */
    public Optional<Principal> caller(String plain, String address) {
        String hash = TokenFormat.hash(plain);
        Token token = byHash.get(hash);
        if (token == null || !token.inForce(clock.instant())) {
            return Optional.empty();
        }
        lastUse.record(hash);
        return Optional.of(Principal.token(token.name(), token.role(), token.scope(), address));
    }

    /** Returns all tokens, also those that are not in force any more; reads the store. */
    public List<Token> list() {
        return store.tokens().stream().map(Token::of).toList();
    }

    /** Returns whether there is or was a token of that name. */
    boolean known(String name) {
        return store.tokens().stream().anyMatch(row -> row.name().equals(name));
    }

    /**
     * Creates a token.
     *
     * @param expires when it stops being in force; null for never
     * @return the text of the token, which cannot be read again; empty if the name is in use
     * @throws InvalidFieldsException if values are out of their bounds
     */
    public Optional<String> create(String name, String role, BoundsRow bounds, @Nullable Instant expires, Actor by) {
        FieldErrors errors = new FieldErrors();
        errors.unless(TargetId.isName(name), "name", name, TargetId.BOUND);
        Optional<Role> known = Role.of(role);
        errors.unless(known.isPresent(), "role", role, "one of registrar, viewer, operator, admin");
        Scope scope = Scope.of(bounds, errors);
        boolean future = expires == null || expires.isAfter(clock.instant());
        errors.unless(future, "expires", expires, "a time in the future");
        errors.check();
        Role held = known.orElseThrow();
        String plain = TokenFormat.random(held.prefix());
        return add(name, held, scope, bounds, plain, expires, by) ? Optional.of(plain) : Optional.empty();
    }

    /** Adds a token without bounds whose text is already known. */
    boolean adopt(String name, Role role, String plain) {
        return add(name, role, Scope.ALL, new BoundsRow("", List.of(), List.of()), plain, null, Actor.MONITOR);
    }

    private boolean add(
            String name, Role role, Scope scope, BoundsRow bounds, String plain, @Nullable Instant expires, Actor by) {
        String hash = TokenFormat.hash(plain);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TokenRow row = new TokenRow(name, role.name(), hash, bounds, now, null, expires, null);
        String detail = "role " + role.word() + (expires == null ? "" : ", expires " + expires);
        // In memory first: a revocation right after it is stored must find it here. Nobody knows the token yet.
        byHash.put(hash, new Token(name, role, scope, now, null, expires, null));
        boolean added = false;
        try {
            added = store.addToken(row, audit.entry(by, "token.create", "token:" + name, detail));
            return added;
        } finally {
            if (!added) {
                byHash.remove(hash);
            }
        }
    }

    /** Revokes the token of that name at once; returns false if none is in force. */
    public boolean revoke(String name, Actor by) {
        boolean revoked =
                store.revokeToken(name, clock.instant(), audit.entry(by, "token.revoke", "token:" + name, ""));
        if (revoked) {
            dropRevoked();
        }
        return revoked;
    }

    // By hash, not by name: there may already be a new token of the same name.
    private void dropRevoked() {
        for (TokenRow row : store.tokens()) {
            if (row.revoked() != null) {
                byHash.remove(row.hash());
            }
        }
    }

    /**
     * A token without its text.
     *
     * @param name its name
     * @param role its permissions
     * @param scope the bounds of its role
     * @param created when it was created
     * @param used when it was used last, to the minute; null for never
     * @param expires when it stops being in force; null for never
     * @param revoked when it was revoked; null if it was not
     */
    public record Token(
            String name,
            Role role,
            Scope scope,
            Instant created,
            @Nullable Instant used,
            @Nullable Instant expires,
            @Nullable Instant revoked) {
        static Token of(TokenRow row) {
            return new Token(
                    row.name(),
                    Role.valueOf(row.role()),
                    Scope.stored(row.bounds()),
                    row.created(),
                    row.used(),
                    row.expires(),
                    row.revoked());
        }

        /** Returns whether it is in force at that time. */
        public boolean inForce(Instant now) {
            return revoked == null && (expires == null || expires.isAfter(now));
        }
    }

    /** Stores when a token was last used: at most once a minute for each, and never on the thread of the request. */
    private static final class LastUse {
        private static final Logger log = LoggerFactory.getLogger(LastUse.class);
        private static final Duration GRAIN = Duration.ofMinutes(1);

        private final Map<String, Instant> recorded = new ConcurrentHashMap<>();
        private final Executor worker = Threads.workers("monitor-last-use-");
        private final InstantSource clock;
        private final BiConsumer<String, Instant> store;

        LastUse(InstantSource clock, BiConsumer<String, Instant> store) {
            this.clock = clock;
            this.store = store;
        }

        /** Records a use. The hash must be of a known token, so that no more are kept than there are tokens. */
        void record(String hash) {
            Instant now = clock.instant();
            Instant last = recorded.get(hash);
            if (last != null && now.isBefore(last.plus(GRAIN))) {
                return;
            }
            boolean mine = last == null ? recorded.putIfAbsent(hash, now) == null : recorded.replace(hash, last, now);
            if (mine) {
                worker.execute(() -> write(hash, now));
            }
        }

        private void write(String hash, Instant now) {
            try {
                store.accept(hash, now);
            } catch (RuntimeException e) {
                // The request does not depend on it.
                log.debug("cannot store the last use of a token", e);
            }
        }
    }
}
