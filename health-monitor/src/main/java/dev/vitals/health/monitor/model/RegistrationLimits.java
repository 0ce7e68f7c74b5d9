package dev.vitals.health.monitor.model;

import java.time.Duration;

/** The bounds of a registration's fields: the numbers, and the sentence that names them in an error. */
public final class RegistrationLimits {
    /** Time between polls. */
    public static final String INTERVAL = "a number of seconds from 5 to 300";

    /** Time allowed for one poll. */
    public static final String TIMEOUT = "a number of seconds from 2 to 60, below interval";

    /** Failures in a row. */
    public static final String UNHEALTHY = "a whole number from 2 to 10";

    /** Passes in a row. */
    public static final String HEALTHY = "a whole number from 2 to 10";

    /** How long a registration holds. */
    public static final String LEASE = "0 for none, or a number of seconds from interval to 86400";

    /** Where the app answers. */
    public static final String URL =
            "an absolute http or https URL with a host, without user info, query or fragment, of up to 2000 characters";

    /** Which path is polled. */
    public static final String HEALTH_PATH =
            "a path that starts with a slash, without fragment, of up to 500 characters";

    /** Who is told. */
    public static final String NOTIFY = "an array of up to 10 email addresses";

    /** What the instance is grouped by. */
    public static final String LABELS =
            "an object of up to 20 names ([A-Za-z0-9._-]{1,100}) with strings of 1 to 200 characters";

    static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    static final Duration MAX_INTERVAL = Duration.ofMinutes(5);
    static final Duration MIN_TIMEOUT = Duration.ofSeconds(2);
    static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    static final Duration MAX_LEASE = Duration.ofDays(1);
    static final int MIN_THRESHOLD = 2;
    static final int MAX_THRESHOLD = 10;
    static final int MAX_NOTIFY = 10;
    static final int MAX_LABELS = 20;
    static final int MAX_LABEL_VALUE = 200;
    static final int MAX_URL = 2_000;
    static final int MAX_HEALTH_PATH = 500;
    static final int MAX_EMAIL = 254;

    private RegistrationLimits() {}
}
