package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.util.Objects;

/** Checks of what a server is logged in with; a password never gets into a message. */
final class Credentials {
    private static final int MAX_LENGTH = 1_000;

    private Credentials() {}

    static String requireUser(String field, String user) {
        return Require.text(field, user, MAX_LENGTH);
    }

    static String requirePassword(String password) {
        Objects.requireNonNull(password, "password");
        if (password.isEmpty() || password.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("password must have 1 to " + MAX_LENGTH + " characters, was one of "
                    + password.length() + " (not shown)");
        }
        return password;
    }
}
