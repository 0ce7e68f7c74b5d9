package dev.vitals.health.monitor.model;

import dev.vitals.health.StateMachine;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an instance asked for: where, how often and how strictly to poll it. Immutable, and within all bounds; times in milliseconds. */
public final class Registration {
    /** The names of the fields on the wire. */
    public static final List<String> FIELDS =
            List.of("url", "healthPath", "interval", "timeout", "unhealthy", "healthy", "notify", "labels", "lease");

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

    private final URI url;
    private final String healthPath;
    private final URI healthUrl;
    private final Duration interval;
    private final Duration timeout;
    private final StateMachine thresholds;
    private final List<String> notify;
    private final Map<String, String> labels;
    private final Duration lease;

    Registration(RegistrationBuilder from) {
        url = from.uri();
        healthPath = from.healthPath;
        healthUrl = from.healthUri();
        interval = from.interval.truncatedTo(ChronoUnit.MILLIS);
        timeout = from.timeout.truncatedTo(ChronoUnit.MILLIS);
        thresholds = StateMachine.of(from.unhealthy, from.healthy);
        notify = List.copyOf(from.notify);
        labels = from.sortedLabels();
        lease = from.leaseOrDefault().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns a builder for an app at that URL, all else at its default. */
    public static RegistrationBuilder builder(String url) {
        return new RegistrationBuilder(url);
    }

    /** Returns where the app answers. */
    public URI url() {
        return url;
    }

    /** Returns the path below the URL that is polled. */
    public String healthPath() {
        return healthPath;
    }

    /** Returns what is polled: URL and path together. */
    public URI healthUrl() {
        return healthUrl;
    }

    /** Returns the time between the starts of two polls. */
    public Duration interval() {
        return interval;
    }

    /** Returns the time allowed for one poll, body included. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns the machine that turns results into a state, with this registration's thresholds. */
    public StateMachine thresholds() {
        return thresholds;
    }

    /** Returns the email addresses to tell. */
    public List<String> notifyAddresses() {
        return notify;
    }

    /** Returns what the instance is grouped by, in the order of the names; not modifiable. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Returns how long the registration holds without renewal; zero for ever. */
    public Duration lease() {
        return lease;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Registration that
                && url.equals(that.url)
                && healthPath.equals(that.healthPath)
                && interval.equals(that.interval)
                && timeout.equals(that.timeout)
                && thresholds.failureThreshold() == that.thresholds.failureThreshold()
                && thresholds.successThreshold() == that.thresholds.successThreshold()
                && notify.equals(that.notify)
                && labels.equals(that.labels)
                && lease.equals(that.lease);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, healthPath, interval, timeout, notify, labels, lease);
    }

    @Override
    public String toString() {
        return healthUrl + " every " + interval + ", timeout " + timeout;
    }
}
