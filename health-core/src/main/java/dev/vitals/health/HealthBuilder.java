package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the checks and settings of a {@link Health}. Refuses bad values at once. Not thread-safe. */
public final class HealthBuilder {
    private static final double DEFAULT_JITTER = 0.05;
    private static final double MAX_JITTER = 0.5;
    private static final int MAX_RUNS = 100_000;
    private static final int MAX_ORIGIN = 200;
    private static final Duration MIN_DRAIN = Duration.ofSeconds(1);

    final Map<String, CheckDefinition> checks = new LinkedHashMap<>();
    final List<String> notes = new ArrayList<>();
    ServiceInfo service = ServiceInfo.NONE;

    @Nullable
    Executor executor;

    @Nullable
    Scheduler scheduler;

    InstantSource clock = InstantSource.system();
    double jitter = DEFAULT_JITTER;
    int maxConcurrentRuns = MAX_RUNS;
    final List<HealthListener> listeners = new ArrayList<>();
    final List<StatusListener> statusListeners = new ArrayList<>();
    final Set<String> allowedInLive = new HashSet<>();
    final CheckSettings settings = new CheckSettings();

    @Nullable
    Duration drainOnShutdown;

    HealthBuilder() {}

    /** Names the service and the release that runs, for the health document. */
    public HealthBuilder service(String serviceId, String releaseId) {
        service = service.withService(serviceId, releaseId);
        return this;
    }

    /** The public version of the service's interface, for the health document. */
    public HealthBuilder version(String version) {
        service = service.withVersion(version);
        return this;
    }

    /** Describes the service for people. */
    public HealthBuilder description(String description) {
        service = service.withDescription(description);
        return this;
    }

    /** Adds a note for people. */
    public HealthBuilder note(String note) {
        notes.add(note);
        service = service.withNotes(notes);
        return this;
    }

    /** Adds a link about the service, such as {@code about} to its manual. */
    public HealthBuilder link(String relation, URI target) {
        service = service.withLink(relation, target);
        return this;
    }

    /** Adds a check with default options. */
    public HealthBuilder check(String name, HealthCheck check) {
        return check(name, check, options -> {});
    }

    /**
     * Adds a check: code of yours, an indicator, a {@link Heartbeat}, a {@link CallRecorder}, a {@link ManualStatus}, or
     * one that answers later, {@link HealthCheck#async}.
     *
     * @throws IllegalArgumentException if the name is invalid or already in use, or an option is out of its bounds
     */
    public HealthBuilder check(String name, HealthCheck check, Consumer<CheckOptions> options) {
        return add(CheckDefinition.of(name, check, options));
    }

    /** Adds a handler with default options. */
    public HealthBuilder handler(String name, HealthHandler handler) {
        return handler(name, handler, options -> {});
    }

    /**
     * Adds a handler, which raises its outcome.
     *
     * @throws IllegalArgumentException if the name is invalid or already in use, or an option is out of its bounds
     */
    public HealthBuilder handler(String name, HealthHandler handler, Consumer<CheckOptions> options) {
        return add(CheckDefinition.ofHandler(name, handler, options));
    }

    /**
     * Adds the methods of that instance that are annotated with {@link Check}, those of its superclasses included.
     *
     * @throws IllegalArgumentException if there is none, or one has a wrong signature or value; the message names class,
     *     method and reason
     */
    public HealthBuilder annotated(Object instance) {
        AnnotatedChecks.of(Objects.requireNonNull(instance, "instance")).forEach(this::add);
        return this;
    }

    /**
     * Adds the checks {@code cpu}, {@code memory} and {@code disk}, which measure {@code utilization} in percent, and
     * {@code uptime}, in seconds; with the default interval.
     *
     * <p>In a container with limits (cgroup v2 or v1), CPU and memory are those of the container, else those of the
     * machine. None of the four is ever ERROR or critical, because a busy instance still serves. WARNING starts at 95 % of
     * CPU in three runs in a row, 95 % of memory, and 90 % of the disk with the working directory. A value that is not
     * available here, as the CPU load without the module {@code jdk.management}, is WARNING, and the message says why. A
     * run reads a few small files.
     *
     * @throws IllegalArgumentException if one of these names is already in use
     */
    public HealthBuilder system() {
        return SystemChecks.addTo(this, Path.of("/"));
    }

    /**
     * Lets environment variables and system properties change the settings of each check, also of those that are registered
     * later: {@code VITALS_CHECK_DATABASE_INTERVAL=30s}, or {@code -Dvitals.check.database.interval=30s}, which takes
     * precedence.
     *
     * <p>The settings are {@code interval} and {@code timeout} (a number with a unit: {@code 500ms}, {@code 30s}, {@code 5m}),
     * {@code failure-threshold}, {@code success-threshold}, {@code critical} and {@code enabled} ({@code true} or {@code false}),
     * and {@code groups} (names with commas; they replace those of the code). Defaults are those of the code, bounds those of
     * {@link CheckOptions}. In the name of a variable, each character of the check's name that is neither a letter nor a digit
     * is {@code _}; a variable that fits several names is for all of them. One that fits none is a finding of {@link
     * Health#lint()}.
     *
     * <p>{@link #start()} refuses a bad value with an {@link IllegalArgumentException} that names its source.
     */
    public HealthBuilder settings() {
        settings.addSystem(System.getenv(), System.getProperties());
        return this;
    }

    /**
     * Lets a file of properties in UTF-8 change the settings of each check, with keys such as
     * {@code vitals.check.database.interval}, and after it {@linkplain #settings() environment and system properties}, which
     * take precedence. The file is read once, now.
     *
     * @throws IllegalArgumentException if the file does not exist or cannot be read
     */
    public HealthBuilder settings(Path file) {
        settings.addFile(file);
        return settings();
    }

    /**
     * Lets properties of a framework change the settings of each check, with keys such as
     * {@code vitals.check.database.interval}. They take precedence over those that were added before.
     *
     * @param origin where they come from, for messages, such as {@code application.yml}
     */
    public HealthBuilder settings(String origin, Map<String, String> properties) {
        settings.addProperties(Require.text("origin", origin, MAX_ORIGIN), properties);
        return this;
    }

    private HealthBuilder add(CheckDefinition definition) {
        if (checks.putIfAbsent(definition.name(), definition) != null) {
            throw CheckRegistry.taken(definition.name());
        }
        return this;
    }

    /**
     * Where checks run; default a cached pool of daemon platform threads, on every JVM, which {@link Health#close()} ends.
     * It does not end one that is set here.
     *
     * <p>Virtual threads share a few carriers: as many checks that compute for ever as there are processors would stop all
     * checks. A check that the executor runs on the thread that hands it in, as {@code CallerRunsPolicy} does, is an ERROR,
     * "could not be started"; one that it does not begin until the timeout is an ERROR, too, and is handed in again at the next
     * start. With a {@link #scheduler} that a test advances, checks may run on the thread of the test.
     */
    public HealthBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** Decides when checks start; default one daemon thread. {@link Health#close()} does not close one that is set here. */
    public HealthBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * The wall clock for times that are shown; default the system's. Elapsed time comes from the scheduler. Where a clock that
     * is set here is more than a second ahead of the elapsed time, the machine counts as having slept for that long.
     */
    public HealthBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** How late a start may be at random, as a share of the interval; default 0.05, from 0 to 0.5. */
    public HealthBuilder jitter(double jitter) {
        this.jitter = Require.range("jitter", jitter, 0, MAX_JITTER);
        return this;
    }

    /**
     * How many checks may run at the same time; default and maximum 100,000, from 1. Others wait in their order, within
     * their timeouts. A run that has overrun its timeout does not count any more.
     */
    public HealthBuilder maxConcurrentRuns(int maxConcurrentRuns) {
        this.maxConcurrentRuns = Require.range("maxConcurrentRuns", maxConcurrentRuns, 1, MAX_RUNS);
        return this;
    }

    /** Adds a listener for the changes of checks. */
    public HealthBuilder listener(HealthListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds a listener for the status of the report and of each group. */
    public HealthBuilder statusListener(StatusListener listener) {
        statusListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Drains when the JVM begins to shut down, by SIGTERM for example, and holds the shutdown up until {@code ready} has
     * failed three times or the time is over; off by default. If nobody asks for {@code ready}, nothing is held up.
     *
     * <p>For an application that goes on serving until its JVM ends. Shutdown hooks run at the same time: if another hook stops
     * the server at once, as that of Spring Boot does, drain there instead; see {@link Draining}.
     *
     * @param cap how long at most, from 1 s to 1 hour
     * @throws IllegalArgumentException if the time is out of its bounds
     */
    public HealthBuilder drainOnShutdown(Duration cap) {
        this.drainOnShutdown = Require.range("cap", cap, MIN_DRAIN, Draining.MAX_CAP);
        return this;
    }

    /** Allows that check in the group {@code live} although it looks at something remote. */
    public HealthBuilder allowRemoteInLive(String check) {
        allowedInLive.add(Require.name("check", check));
        return this;
    }

    /**
     * Starts the checks and returns at once; a check is UNKNOWN before its first result. Settings that are probably
     * unintended are logged as one WARN; see {@link Health#lint()}.
     *
     * @throws IllegalArgumentException if a check depends on one that is missing, or on itself through others; if a check
     *     of something remote is in the group {@code live}; or if one heartbeat, recorder or manual status is added twice
     */
    public Health start() {
        return Health.start(this);
    }
}
