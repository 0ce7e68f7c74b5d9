package dev.vitals.health.monitor.access;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a login: a session, a wait, or neither. */
public final class LoginAnswer {
    private final @Nullable String token;
    private final Duration wait;

    private LoginAnswer(@Nullable String token, Duration wait) {
        this.token = token;
        this.wait = wait;
    }

    static LoginAnswer granted(String token) {
        return new LoginAnswer(token, Duration.ZERO);
    }

    static LoginAnswer refused() {
        return new LoginAnswer(null, Duration.ZERO);
    }

    static LoginAnswer later(Duration wait) {
        return new LoginAnswer(null, wait);
    }

    /** Returns what goes into the cookie. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** Returns after which time to try again; zero if name and password were judged. */
    public Duration toWait() {
        return wait;
    }
}
