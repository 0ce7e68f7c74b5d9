package dev.vitals.health.monitor.model;

import org.jspecify.annotations.Nullable;

/**
 * User and password of basic authentication.
 *
 * @param user the name
 * @param password the password
 */
public record Login(String user, Secret password) {
    static final String PASSWORD = "password";

    private static final String USER_BOUND =
            "up to 100 characters without colon and control characters, beside password";
    private static final String PASSWORD_BOUND = "1 to 1000 characters without control characters, beside user";

    static @Nullable Login read(Fields fields) {
        String user = fields.text("user", USER_BOUND, text -> Fields.isLine(text, 100) && text.indexOf(':') < 0);
        Secret password = fields.secret(
                PASSWORD,
                PASSWORD_BOUND,
                text -> !text.isEmpty()
                        && text.length() <= 1_000
                        && text.chars().noneMatch(Character::isISOControl));
        if (fields.value("user") == null && password != null) {
            fields.refuse("user", null, USER_BOUND);
        } else if (user != null && fields.value(PASSWORD) == null) {
            fields.refuse(PASSWORD, null, PASSWORD_BOUND);
        }
        return user == null || password == null ? null : new Login(user, password);
    }
}
