package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AccessStore;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import dev.vitals.health.monitor.store.AccessStore.TokenRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens that are shown with requests. Thread-safe; recognising one is done in memory. */
public final class Tokens {
    private final Map<String, Token> byHash = new ConcurrentHashMap<>();
    private final AccessStore store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final LastUse lastUse;

    /** Loads what the store holds. */
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

    /** Returns who shows that token from that address; empty if it is none that is in force. */
    public Optional<Principal> caller(String plain, String address) {
        String hash = TokenFormat.hash(plain);
        Token token = byHash.get(hash);
        if (token == null || !token.inForce(clock.instant())) {
            return Optional.empty();
        }
        lastUse.note(hash);
        return Optional.of(Principal.token(token.name(), token.role(), token.scope(), address));
    }

    /** Returns all tokens, also those that count no longer; asks the store. */
    public List<Token> list() {
        return store.tokens().stream().map(Token::of).toList();
    }

    /** Returns whether there is or was a token of that name. */
    boolean known(String name) {
        return store.tokens().stream().anyMatch(row -> row.name().equals(name));
    }

    /**
     * Makes a token.
     *
     * @param expires from when on it does not count; null for never
     * @return the token in plain: the one occasion to show it; empty if the name is taken
     * @throws InvalidFieldsException if values are out of their bounds
     */
    public Optional<String> create(String name, String role, BoundsRow bounds, @Nullable Instant expires, Actor by) {
        FieldErrors refusals = new FieldErrors();
        refusals.unless(TargetId.isName(name), "name", name, TargetId.BOUND);
        Optional<Role> known = Role.of(role);
        refusals.unless(known.isPresent(), "role", role, "one of registrar, viewer, operator, admin");
        Scope scope = Scope.of(bounds, refusals);
        boolean toCome = expires == null || expires.isAfter(clock.instant());
        refusals.unless(toCome, "expires", expires, "a time to come");
        refusals.check();
        Role held = known.orElseThrow();
        String plain = TokenFormat.random(held.prefix());
        return add(name, held, scope, bounds, plain, expires, by) ? Optional.of(plain) : Optional.empty();
    }

    /** Takes a token without bounds whose text is known already. */
    boolean adopt(String name, Role role, String plain) {
        return add(name, role, Scope.ALL, new BoundsRow("", List.of(), List.of()), plain, null, Actor.MONITOR);
    }

    private boolean add(
            String name, Role role, Scope scope, BoundsRow bounds, String plain, @Nullable Instant expires, Actor by) {
        String hash = TokenFormat.hash(plain);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TokenRow row = new TokenRow(name, role.name(), hash, bounds, now, null, expires, null);
        String detail = "role " + role.word() + (expires == null ? "" : ", expires " + expires);
        // In memory first: nobody knows the token yet, and a revocation right after the storing must find it here.
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

    /** Revokes the token of that name at once; says false if none is in force. */
    public boolean revoke(String name, Actor by) {
        boolean revoked =
                store.revokeToken(name, clock.instant(), audit.entry(by, "token.revoke", "token:" + name, ""));
        if (revoked) {
            dropRevoked();
        }
        return revoked;
    }

    // By hash, not by name: a new token of the same name may be there already.
    private void dropRevoked() {
        for (TokenRow row : store.tokens()) {
            if (row.revoked() != null) {
                byHash.remove(row.hash());
            }
        }
    }
}
