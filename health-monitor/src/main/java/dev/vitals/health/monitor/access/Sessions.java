package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.AccessStore;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import dev.vitals.health.monitor.store.AccessStore.SessionRow;
import dev.vitals.health.monitor.store.AccessStore.UserRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Logs users in and out. Each request reads its session from the store, so that a session that was ended is over at once.
 * Thread-safe.
 */
public final class Sessions {
    /** How long a session lasts without being used. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lasts at most, however often it is used. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration GRAIN = Duration.ofMinutes(1);
    private static final int MAX_NAME = 100;

    private final AccessStore store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Passwords passwords;
    private final LoginThrottle throttle;

    Sessions(AccessStore store, AuditLog audit, InstantSource clock, Passwords passwords, LongSupplier nanoTime) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.passwords = passwords;
        this.throttle = new LoginThrottle(nanoTime);
    }

    /**
     * Begins a session if name and password match. Neither the result nor the time it takes tells whether there is such a
     * user.
     */
    public CompletableFuture<LoginResult> login(String name, Secret password, String address) {
        String key = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
        Duration wait = throttle.begin(key, address);
        if (!wait.isZero()) {
            return CompletableFuture.completedFuture(LoginResult.later(wait));
        }
        Optional<UserRow> user = store.user(key);
        return passwords
                .matches(password, user.map(UserRow::passwordHash).orElse(null))
                .thenApply(right -> right ? begin(user.orElseThrow(), address) : Optional.<String>empty())
                .thenCompose(token -> finished(token, key, user.isPresent(), address))
                .exceptionallyCompose(failure -> abandoned(failure, key, address));
    }

    private Optional<String> begin(UserRow user, String address) {
        String token = TokenFormat.random("vts_");
        Instant now = now();
        SessionRow session = new SessionRow(TokenFormat.hash(token), user, now, now);
        boolean begun = store.addSession(
                session,
                now.minus(LONGEST),
                now.minus(IDLE),
                audit.entry(new Actor("user:" + user.name(), address), "login", "user:" + user.name(), ""));
        return begun ? Optional.of(token) : Optional.empty();
    }

    private CompletableFuture<LoginResult> finished(Optional<String> token, String key, boolean known, String address) {
        if (token.isPresent()) {
            throttle.succeeded(key, address);
            return CompletableFuture.completedFuture(LoginResult.granted(token.get()));
        }
        // The name of an unknown user may be a password that was typed into the wrong field: it is not logged.
        String object = known ? "user:" + key : "unknown user";
        return audit.refused(new Actor("anonymous", address), "login", object, "")
                .thenApply(stored -> LoginResult.refused());
    }

    private CompletableFuture<LoginResult> abandoned(Throwable failure, String key, String address) {
        throttle.abandoned(key, address);
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RejectedExecutionException
                ? CompletableFuture.completedFuture(LoginResult.later(Duration.ofSeconds(1)))
                : CompletableFuture.failedFuture(failure);
    }

    /** Returns the user of the session of that cookie; empty if there is no such session any more. */
    public Optional<Principal> caller(String token, String address) {
        String hash = TokenFormat.hash(token);
        Instant now = now();
        Optional<SessionRow> session =
                store.session(hash).filter(row -> until(row).isAfter(now));
        session.filter(row -> !now.isBefore(row.used().plus(GRAIN))).ifPresent(row -> store.sessionUsed(hash, now));
        return session.map(row -> Principal.user(
                new Principal.Session(
                        token, row.user().name(), until(new SessionRow(hash, row.user(), row.created(), now))),
                Role.valueOf(row.user().role()),
                Scope.stored(new BoundsRow("", List.of(), row.user().selectors())),
                address));
    }

    private static Instant until(SessionRow session) {
        Instant idle = session.used().plus(IDLE);
        Instant longest = session.created().plus(LONGEST);
        return idle.isBefore(longest) ? idle : longest;
    }

    /** Ends the session of that caller. */
    public void logout(Principal caller) {
        caller.sessionHash()
                .ifPresent(hash -> store.endSession(
                        hash,
                        audit.entry(caller.actor(), "logout", caller.actor().name(), "")));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The result of a login. Without a token and a time to wait, name and password do not match.
     *
     * @param token the token for the cookie, if a session began
     * @param toWait how long to wait before the next attempt; zero if name and password were compared
     */
    public record LoginResult(Optional<String> token, Duration toWait) {
        static LoginResult granted(String token) {
            return new LoginResult(Optional.of(token), Duration.ZERO);
        }

        static LoginResult refused() {
            return new LoginResult(Optional.empty(), Duration.ZERO);
        }

        static LoginResult later(Duration wait) {
            return new LoginResult(Optional.empty(), wait);
        }
    }
}
