package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.util.List;

/** The document by which an instance asks to be watched: its fields and their defaults. */
public final class Registration {
    /** The names of the fields on the wire that each has, with those of the kind {@code health}. */
    public static final List<String> FIELDS = List.of(
            "kind", "url", "healthPath", "interval", "timeout", "unhealthy", "healthy", "notify", "labels", "lease");

    /** The path that is polled unless said otherwise. */
    public static final String DEFAULT_HEALTH_PATH = "/_health";

    /** Time between polls unless said otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** Time allowed for one poll unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Failures in a row that make the instance UNHEALTHY, unless said otherwise. */
    public static final int DEFAULT_UNHEALTHY = 2;

    /** Passes in a row that make the instance HEALTHY again, unless said otherwise. */
    public static final int DEFAULT_HEALTHY = 10;

    /** The lease in intervals, unless said otherwise. */
    public static final int DEFAULT_LEASE_INTERVALS = 3;

    private Registration() {}

    /** Returns a builder for an app at that URL, all else at its default. */
    public static RegistrationBuilder builder(String url) {
        return builder(url, DEFAULT_HEALTH_PATH);
    }

    /** Returns a builder for an app at that URL with its health at that path, all else at its default. */
    public static RegistrationBuilder builder(String url, String healthPath) {
        return new RegistrationBuilder(HealthProbe.of(url, healthPath), new FieldErrors());
    }
}
