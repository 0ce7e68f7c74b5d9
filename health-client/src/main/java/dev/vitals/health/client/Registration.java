package dev.vitals.health.client;

import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.Uris;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The document that the application sends, checked as a whole. Immutable. */
final class Registration {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RENEWAL_WITHOUT_LEASE = Duration.ofMinutes(5);
    private static final URI LOCALHOST = URI.create("http://localhost");

    private final String app;
    private final URI url;
    private final @Nullable IntSupplier port;
    private final Duration renewal;
    private final Map<String, Object> fields;

    private Registration(MonitorClientBuilder builder, String app, URI url, Duration renewal) {
        this.app = app;
        this.url = url;
        this.port = builder.port;
        this.renewal = renewal;
        this.fields = fields(builder);
    }

    static Registration of(MonitorClientBuilder builder) {
        if (builder.app == null) {
            throw new IllegalArgumentException("app must match " + Require.NAME_PATTERN + ", was not set");
        }
        refuseItself(builder.labels.get(MonitorClientBuilder.DEPENDS_ON), builder.app, builder.instance);
        Duration interval = Objects.requireNonNullElse(builder.interval, DEFAULT_INTERVAL);
        Duration timeout = Objects.requireNonNullElse(builder.timeout, DEFAULT_TIMEOUT);
        if (timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException("timeout must be below the interval of " + interval + ", was " + timeout
                    + (builder.timeout == null ? " (the default)" : ""));
        }
        Duration lease = Objects.requireNonNullElse(builder.lease, interval.multipliedBy(3));
        RegistrationRules.lease(lease, interval);
        Duration renewal = lease.isZero() ? RENEWAL_WITHOUT_LEASE : lease.dividedBy(3);
        return new Registration(builder, builder.app, urlOf(builder), renewal);
    }

    // The monitor would refuse the whole registration.
    private static void refuseItself(@Nullable String dependencies, String app, @Nullable String instance) {
        List<String> names = dependencies == null ? List.of() : List.of(dependencies.split(",", -1));
        if (names.contains(app) || names.contains(app + "/" + instance)) {
            throw new IllegalArgumentException("dependsOn must name others than " + app + ", was " + dependencies);
        }
    }

    private static URI urlOf(MonitorClientBuilder builder) {
        if (builder.url == null && builder.port == null) {
            throw new IllegalArgumentException("url must be set, or port, was not set");
        }
        if (builder.url == null) {
            return LOCALHOST;
        }
        if (builder.url.getPort() == 0 && builder.port == null) {
            throw new IllegalArgumentException("url must have a port from 1 to 65535, or port must be set, was "
                    + Require.shown(builder.url.toString()));
        }
        return builder.url;
    }

    private static Map<String, Object> fields(MonitorClientBuilder builder) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "healthPath", builder.healthPath);
        put(fields, "interval", seconds(builder.interval));
        put(fields, "timeout", seconds(builder.timeout));
        put(fields, "unhealthy", builder.unhealthy);
        put(fields, "healthy", builder.healthy);
        put(fields, "notify", builder.notify.isEmpty() ? null : List.copyOf(builder.notify));
        put(fields, "labels", builder.labels.isEmpty() ? null : new LinkedHashMap<>(builder.labels));
        put(fields, "lease", seconds(builder.lease));
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration time) {
        if (time == null) {
            return null;
        }
        BigDecimal fraction = BigDecimal.valueOf(time.getNano(), 9);
        return BigDecimal.valueOf(time.getSeconds()).add(fraction).stripTrailingZeros();
    }

    String app() {
        return app;
    }

    /** Returns the time from a successful attempt to the next one. */
    Duration renewal() {
        return renewal;
    }

    /** Returns the URL with the current port and without a slash at its end; empty while there is no port. */
    Optional<URI> url() {
        String path = url.getRawPath().replaceAll("/+$", "");
        if (port == null) {
            return Optional.of(Uris.of(url.getScheme(), url.getHost(), url.getPort(), path));
        }
        int now = port.getAsInt();
        return now <= 0
                ? Optional.empty()
                : Optional.of(Uris.of(url.getScheme(), url.getHost(), RegistrationRules.port(now), path));
    }

    /** Returns the JSON document to send. */
    byte[] document(URI seen) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("url", seen.toString());
        document.putAll(fields);
        return Json.write(json -> json.writePOJO(document));
    }
}
