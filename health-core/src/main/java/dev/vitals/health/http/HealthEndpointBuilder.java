package dev.vitals.health.http;

import dev.vitals.health.Health;
import dev.vitals.health.internal.Require;
import java.util.Objects;
import java.util.regex.Pattern;

/** Settings of a {@link HealthEndpoint}. Refuses bad values at once. Not thread-safe. */
public final class HealthEndpointBuilder {
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

    final Health health;
    String prefix = "";
    int failureCode = 503;
    int outcomeFailureCode = 500;

    HealthEndpointBuilder(Health health) {
        this.health = health;
    }

    /**
     * What stands before each path, such as {@code /internal}; default is nothing.
     *
     * @throws IllegalArgumentException if it does not begin with a slash, ends with one, or needs encoding
     */
    public HealthEndpointBuilder prefix(String prefix) {
        Objects.requireNonNull(prefix, "prefix");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix must match " + PREFIX.pattern() + ", was " + Require.shown(prefix));
        }
        this.prefix = prefix;
        return this;
    }

    /** The HTTP code of {@code /_health} and its groups at fail; default 503, from 400 to 599. */
    public HealthEndpointBuilder failureCode(int failureCode) {
        this.failureCode = Require.range("failureCode", failureCode, 400, 599);
        return this;
    }

    /** The HTTP code of {@code /_system/check/NAME} for WARNING and ERROR; default 500, from 400 to 599. */
    public HealthEndpointBuilder outcomeFailureCode(int outcomeFailureCode) {
        this.outcomeFailureCode = Require.range("outcomeFailureCode", outcomeFailureCode, 400, 599);
        return this;
    }

    /** Returns the endpoint. */
    public HealthEndpoint build() {
        return new HealthEndpoint(this);
    }
}
