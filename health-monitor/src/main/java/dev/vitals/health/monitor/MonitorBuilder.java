package dev.vitals.health.monitor;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressRule;
import dev.vitals.health.monitor.file.Plan;
import dev.vitals.health.monitor.file.ServicesFile;
import dev.vitals.health.monitor.history.RetentionPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link Monitor}. Refuses bad values at once. Not thread-safe. */
public final class MonitorBuilder {
    /** The port unless said otherwise. */
    public static final int DEFAULT_PORT = 8180;

    /** The address unless said otherwise: this machine alone. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** How long a target stays that is gone, unless said otherwise. */
    public static final Duration DEFAULT_FORGET_AFTER = Duration.ofHours(24);

    /** How long results and minutes are kept unless said otherwise. */
    public static final Duration DEFAULT_KEEP_RESULTS = RetentionPolicy.DEFAULT_RESULTS;

    /** How long hours are kept unless said otherwise. */
    public static final Duration DEFAULT_KEEP_HOURS = RetentionPolicy.DEFAULT_HOURS;

    /** The most checks that one host may have, unless said otherwise. */
    public static final int DEFAULT_MAX_CHECKS_PER_HOST = 5;

    private static final int MAX_MAX_CHECKS_PER_HOST = 100;
    private static final Duration MIN_FORGET_AFTER = Duration.ofMinutes(1);
    private static final Duration MAX_FORGET_AFTER = Duration.ofDays(30);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST_LENGTH = 255;

    int port = DEFAULT_PORT;
    String host = DEFAULT_HOST;
    Path data = Path.of("data");
    Duration forgetAfter = DEFAULT_FORGET_AFTER;
    Duration keepResults = DEFAULT_KEEP_RESULTS;
    Duration keepHours = DEFAULT_KEEP_HOURS;
    InstantSource clock = InstantSource.system();

    int maxChecksPerHost = DEFAULT_MAX_CHECKS_PER_HOST;

    @Nullable
    Path file;

    final List<AddressRule> allowed = new ArrayList<>();
    final List<AddressRule> denied = new ArrayList<>();

    @Nullable
    Boolean anonymousRead;

    @Nullable
    Scheduler scheduler;

    MonitorBuilder() {}

    /** The port to listen on; default 8180, from 0 to 65535, where 0 takes a free one. */
    public MonitorBuilder port(int port) {
        this.port = Require.range("port", port, 0, MAX_PORT);
        return this;
    }

    /** The name or address of the interface to listen on; default 127.0.0.1. */
    public MonitorBuilder host(String host) {
        this.host = Require.text("host", host, MAX_HOST_LENGTH);
        return this;
    }

    /** The directory that holds the database and the token; default {@code data}; made if it is not there. */
    public MonitorBuilder data(Path data) {
        this.data = Objects.requireNonNull(data, "data");
        return this;
    }

    /**
     * How long a target stays whose lease has ended and that is neither HEALTHY nor DEGRADED; default 24 h, from 1 min
     * to 30 days.
     */
    public MonitorBuilder forgetAfter(Duration forgetAfter) {
        this.forgetAfter = Require.range("forgetAfter", forgetAfter, MIN_FORGET_AFTER, MAX_FORGET_AFTER);
        return this;
    }

    /** How long results and roll-ups by minute are kept; default 4 days, from 1 h to 90 days. */
    public MonitorBuilder keepResults(Duration keepResults) {
        this.keepResults = new RetentionPolicy(keepResults, keepHours).results();
        return this;
    }

    /** How long roll-ups by hour are kept; default 400 days, from 1 day to 3650 days. */
    public MonitorBuilder keepHours(Duration keepHours) {
        this.keepHours = new RetentionPolicy(keepResults, keepHours).hours();
        return this;
    }

    /**
     * The file of services to watch, in YAML; default none. It is looked at every few seconds: once it has changed and
     * is good, it is in force; as long as it is not, the last good one stays.
     */
    public MonitorBuilder file(Path file) {
        this.file = Objects.requireNonNull(file, "file");
        return this;
    }

    /** The most checks that one host may have, made through the API; default 5, from 1 to 100. */
    public MonitorBuilder maxChecksPerHost(int maxChecksPerHost) {
        this.maxChecksPerHost = Require.range("maxChecksPerHost", maxChecksPerHost, 1, MAX_MAX_CHECKS_PER_HOST);
        return this;
    }

    /** Whether everybody may see what is watched; default is whether the monitor listens on this machine alone. */
    public MonitorBuilder anonymousRead(boolean anonymousRead) {
        this.anonymousRead = anonymousRead;
        return this;
    }

    /**
     * Lets registered URLs lead to these addresses, though they are denied by default; may be called again. A rule is
     * a range such as {@code 10.0.0.0/8} or {@code [fd00::/8]}, or {@code private}, {@code loopback} or {@code all},
     * and, if need be, a port or range of ports: {@code 127.0.0.1:8080}, {@code [::1]:8000-8999}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public MonitorBuilder allow(String rule) {
        allowed.add(AddressRule.of("allow", Objects.requireNonNull(rule, "rule")));
        return this;
    }

    /**
     * Keeps registered URLs from these addresses, whatever is allowed; may be called again.
     *
     * @param rule as of {@link #allow}
     * @throws IllegalArgumentException if it is none of these
     */
    public MonitorBuilder deny(String rule) {
        denied.add(AddressRule.of("deny", Objects.requireNonNull(rule, "rule")));
        return this;
    }

    /** Returns whether it listens on this machine alone. */
    boolean isLocal() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // Listening will say so.
            return false;
        }
    }

    /** The wall clock; default is the system's. Elapsed time is the scheduler's. */
    public MonitorBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Who decides when; default is a daemon thread of its own. A given one is not closed by {@link Monitor#close()}. */
    public MonitorBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Returns what the file would change that a monitor with this data directory, running or not, has in force: a line
     * for each target that would be added, changed or removed, with the fields in question. Changes nothing.
     *
     * @throws IOException if anything is wrong with the file (the message has a line for each problem), or the data
     *     cannot be read
     * @throws IllegalStateException if there is no file
     */
    public List<String> plan() throws IOException {
        if (file == null) {
            throw new IllegalStateException("file must be set");
        }
        return Plan.between(DataDirectory.configured(data), ServicesFile.read(file))
                .lines();
    }

    /**
     * Starts the monitor; when this returns it listens and polls.
     *
     * @throws IOException if the port is taken, the data directory cannot be used, or anything is wrong with the file of
     *     services; the message says which and why
     */
    public Monitor start() throws IOException {
        return Monitor.start(this);
    }
}
