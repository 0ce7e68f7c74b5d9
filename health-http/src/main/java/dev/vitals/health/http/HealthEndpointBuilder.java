package dev.vitals.health.http;

import dev.vitals.health.Health;
import dev.vitals.health.internal.Require;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link HealthEndpoint}. Bad values are refused at once. Not thread-safe. */
public final class HealthEndpointBuilder {
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

    final Health health;
    final Map<String, GroupOptions> groups = new HashMap<>();
    String prefix = "";
    int failureCode = 503;
    int warningCode = 200;
    int outcomeFailureCode = 500;
    boolean htmlPage;
    DetailVisibility details = DetailVisibility.AUTHORIZED;
    Predicate<HealthRequest> authorized = request -> false;

    @Nullable
    Predicate<HealthRequest> mayDrain;

    @Nullable
    Predicate<HealthRequest> mayWait;

    HealthEndpointBuilder(Health health) {
        this.health = health;
    }

    /**
     * The prefix of each path, such as {@code /internal}; default is none.
     *
     * @throws IllegalArgumentException if the prefix does not begin with a slash, ends with one, or needs encoding
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

    /** The HTTP code of a failing {@code /_health} or group; from 400 to 599, default 503. */
    public HealthEndpointBuilder failureCode(int failureCode) {
        this.failureCode = Require.range("failureCode", failureCode, 400, 599);
        return this;
    }

    /**
     * The HTTP code of a {@code /_health} or group that warns; 200, or from 400 to 599; default 200. Consul shows a warning for
     * 429. A code other than 200 holds for a WARNING of {@code /_system/check/NAME} as well.
     */
    public HealthEndpointBuilder warningCode(int warningCode) {
        this.warningCode = requireWarningCode(warningCode);
        return this;
    }

    static int requireWarningCode(int code) {
        if (code != 200 && (code < 400 || code > 599)) {
            throw new IllegalArgumentException("warningCode must be 200 or from 400 to 599, was " + code);
        }
        return code;
    }

    /** The HTTP code of {@code /_system/check/NAME} for WARNING and ERROR; from 400 to 599, default 500. */
    public HealthEndpointBuilder outcomeFailureCode(int outcomeFailureCode) {
        this.outcomeFailureCode = Require.range("outcomeFailureCode", outcomeFailureCode, 400, 599);
        return this;
    }

    /** Who may see details; default {@link DetailVisibility#AUTHORIZED}. */
    public HealthEndpointBuilder details(DetailVisibility details) {
        this.details = Objects.requireNonNull(details, "details");
        return this;
    }

    /**
     * Decides which requests {@link DetailVisibility#AUTHORIZED} shows details to; default none. Called on the thread of
     * the request; must not block.
     */
    public HealthEndpointBuilder authorized(Predicate<HealthRequest> authorized) {
        this.authorized = Objects.requireNonNull(authorized, "authorized");
        return this;
    }

    /** Sets the options of one group. */
    public HealthEndpointBuilder group(String name, Consumer<GroupOptions> settings) {
        GroupOptions options = new GroupOptions();
        settings.accept(options);
        groups.put(Require.name("group", name), options);
        return this;
    }

    /**
     * Switches on {@code /_system/drain}, which starts and ends a drain, for requests that pass the predicate. Off by
     * default.
     */
    public HealthEndpointBuilder drainable(Predicate<HealthRequest> mayDrain) {
        this.mayDrain = Objects.requireNonNull(mayDrain, "mayDrain");
        return this;
    }

    /**
     * Decides which requests with {@code Cache-Control: no-cache} or {@code max-age} wait for a run, and hold a thread of the
     * server meanwhile. Others start it and are answered with what is known. By default two wait at a time, whoever they are.
     * Called on the thread of the request; must not block.
     *
     * <p>The same holds for on-request checks, except that a request always waits if no result of the check counts yet.
     */
    public HealthEndpointBuilder mayWait(Predicate<HealthRequest> mayWait) {
        this.mayWait = Objects.requireNonNull(mayWait, "mayWait");
        return this;
    }

    /**
     * Whether {@code /_health} and its groups answer browsers with a page for people; default false. A browser prefers
     * {@code text/html} to everything else in its {@code Accept} header; all others get what they get without this setting. The
     * page has no script and no resource of others, the HTTP code of the JSON answer, and shows no more than that: details
     * follow {@link #details}. It is made for each request, since it shows ages.
     */
    public HealthEndpointBuilder htmlPage(boolean htmlPage) {
        this.htmlPage = htmlPage;
        return this;
    }

    /** Returns the endpoint. */
    public HealthEndpoint build() {
        return new HealthEndpoint(this);
    }
}
