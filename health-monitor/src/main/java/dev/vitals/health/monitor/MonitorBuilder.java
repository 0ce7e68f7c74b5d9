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

/** Settings of a {@link Monitor}. Each method refuses bad values. Not thread-safe. */
public final class MonitorBuilder {
    /** The default of {@link #port}. */
    public static final int DEFAULT_PORT = 8180;

    /** The default of {@link #host}: reachable from this machine only. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** The default of {@link #forgetAfter}. */
    public static final Duration DEFAULT_FORGET_AFTER = Duration.ofHours(24);

    /** The default of {@link #keepResults}. */
    public static final Duration DEFAULT_KEEP_RESULTS = RetentionPolicy.DEFAULT_RESULTS;

    /** The default of {@link #keepHours}. */
    public static final Duration DEFAULT_KEEP_HOURS = RetentionPolicy.DEFAULT_HOURS;

    /** The default of {@link #maxChecksPerHost}. */
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

    /** The port to listen on; default 8180, from 0 to 65535. 0 takes a free port. */
    public MonitorBuilder port(int port) {
        this.port = Require.range("port", port, 0, MAX_PORT);
        return this;
    }

    /** The name or address of the interface to listen on; default 127.0.0.1. */
    public MonitorBuilder host(String host) {
        this.host = Require.text("host", host, MAX_HOST_LENGTH);
        return this;
    }

    /** The directory of the database, the keys and the tokens; default {@code data}. It is created if it does not exist. */
    public MonitorBuilder data(Path data) {
        this.data = Objects.requireNonNull(data, "data");
        return this;
    }

    /**
     * How long a target stays after its lease has ended, while it is neither HEALTHY nor DEGRADED; default 24 h, from 1 min
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
     * The YAML file with services to watch; default none. The monitor looks at it every few seconds. A changed file counts
     * once it has no problems; until then, the last good version counts.
     */
    public MonitorBuilder file(Path file) {
        this.file = Objects.requireNonNull(file, "file");
        return this;
    }

    /** The most checks of one host that the API accepts; default 5, from 1 to 100. */
    public MonitorBuilder maxChecksPerHost(int maxChecksPerHost) {
        this.maxChecksPerHost = Require.range("maxChecksPerHost", maxChecksPerHost, 1, MAX_MAX_CHECKS_PER_HOST);
        return this;
    }

    /** Whether anybody may read without a login; by default, only while the monitor listens on a loopback address. */
    public MonitorBuilder anonymousRead(boolean anonymousRead) {
        this.anonymousRead = anonymousRead;
        return this;
    }

    /**
     * Allows registered URLs that lead to these addresses, although they are denied by default. May be called several times.
     * A rule is a range such as {@code 10.0.0.0/8} or {@code [fd00::/8]}, or {@code private}, {@code loopback} or
     * {@code all}; a port or a range of ports may follow: {@code 127.0.0.1:8080}, {@code [::1]:8000-8999}.
     *
     * @throws IllegalArgumentException if the rule has another form
     */
    public MonitorBuilder allow(String rule) {
        allowed.add(AddressRule.of("allow", Objects.requireNonNull(rule, "rule")));
        return this;
    }

    /**
     * Denies registered URLs that lead to these addresses, even if {@link #allow} allows them. May be called several times.
     *
     * @param rule in the form that {@link #allow} takes
     * @throws IllegalArgumentException if the rule has another form
     */
    public MonitorBuilder deny(String rule) {
        denied.add(AddressRule.of("deny", Objects.requireNonNull(rule, "rule")));
        return this;
    }

    /** Returns whether the monitor can be reached from this machine only. */
    boolean isLocal() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // Listening fails with a better message.
            return false;
        }
    }

    /** The wall clock; by default, that of the system. Elapsed time comes from the scheduler. */
    public MonitorBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** The scheduler; by default, a daemon thread of the monitor. {@link Monitor#close()} does not close a given one. */
    public MonitorBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Returns what the file would change in a monitor with this data directory, running or not: a line for each target that
     * would be added, changed or removed, with the fields that differ. Changes nothing.
     *
     * @throws IOException if the file has problems (the message has a line for each), or the data cannot be read
     * @throws IllegalStateException if no file is set
     */
    public List<String> plan() throws IOException {
        if (file == null) {
            throw new IllegalStateException("file must be set");
        }
        return Plan.between(DataDirectory.configured(data), ServicesFile.read(file, MonitorComponents.SETTINGS))
                .lines();
    }

    /**
     * Starts the monitor. When this returns, it listens and polls.
     *
     * @throws IOException if the port is in use, the data directory cannot be used, or the file of services has problems; the
     *     message names the cause
     */
    public Monitor start() throws IOException {
        return Monitor.start(this);
    }
}
