package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.util.Objects;

/** Checks users and passwords. Messages never show a password. */
final class Credentials {
    private static final int MAX_LENGTH = 1_000;

    private Credentials() {}

    static String requireUser(String field, String user) {
        return Require.text(field, user, MAX_LENGTH);
    }

    static String requirePassword(String password) {
        Objects.requireNonNull(password, "password");
        if (password.isEmpty() || password.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "password must have 1 to " + MAX_LENGTH + " characters, had " + password.length() + " (not shown)");
        }
        return password;
    }
}
