package dev.vitals.health.client;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link MonitorClient}. Bad values are refused at once, and the earlier ones stay. A setting without a
 * value is not sent, and the monitor uses its default. Not thread-safe.
 */
public final class MonitorClientBuilder {
    private static final int MAX_ADDRESSES = 10;
    private static final int MAX_LABELS = 20;
    static final String DEPENDS_ON = "depends-on";

    final List<URI> monitors = new ArrayList<>();
    final Set<String> notify = new LinkedHashSet<>();
    final Map<String, String> labels = new LinkedHashMap<>();

    @Nullable
    String app;

    @Nullable
    String instance;

    @Nullable
    URI url;

    @Nullable
    IntSupplier port;

    @Nullable
    String healthPath;

    @Nullable
    Duration interval;

    @Nullable
    Duration timeout;

    @Nullable
    Duration lease;

    @Nullable
    Integer unhealthy;

    @Nullable
    Integer healthy;

    boolean discovers;
    final List<InetAddress> interfaces = new ArrayList<>();

    TokenSource token = TokenSource.NONE;

    @Nullable
    Scheduler scheduler;

    MonitorClientBuilder() {}

    /**
     * Adds a monitor; the instance registers with each of them independently. Its API must be below the URI's path.
     *
     * @throws IllegalArgumentException if the URI is not http or https with a host, has user info, query or fragment,
     *     or was added before
     */
    public MonitorClientBuilder monitor(URI monitor) {
        if (discovers) {
            throw new IllegalArgumentException("monitor must not be set beside discover, was " + monitor);
        }
        URI checked = RegistrationRules.httpUri("monitor", monitor, 1);
        if (monitors.contains(checked)) {
            throw new IllegalArgumentException("monitor must be added once, was added again: " + checked);
        }
        monitors.add(checked);
        return this;
    }

    /**
     * Looks for the monitor in the local network by DNS-SD, and registers with it; of several, with the one whose priority is the
     * lowest number. When a preferred one comes, or the one in use says goodbye, the client changes; while there is none, it
     * goes on with the latest one it knew, so that its return is noticed.
     *
     * <p>Anybody in the network can announce a monitor, and is sent the {@link #token}: use this only in networks that you trust.
     *
     * @param interfaces addresses of this machine on whose networks to look; none for all networks but loopback
     * @throws IllegalStateException if JmDNS ({@code org.jmdns:jmdns}) is not on the class path
     * @throws IllegalArgumentException if a {@link #monitor} was added
     */
    public MonitorClientBuilder discover(InetAddress... interfaces) {
        if (!monitors.isEmpty()) {
            throw new IllegalArgumentException("discover must not be used beside monitor, which is " + monitors.get(0));
        }
        Discovery.requireLibrary();
        discovers = true;
        this.interfaces.clear();
        this.interfaces.addAll(List.of(interfaces));
        return this;
    }

    /**
     * The name of the application, which its instances share. Required.
     *
     * @throws IllegalArgumentException if it does not match {@code [A-Za-z0-9._-]{1,100}}, or is one or two dots
     */
    public MonitorClientBuilder app(String app) {
        this.app = RegistrationRules.name("app", app);
        return this;
    }

    /**
     * The name of this running copy; default is the host's name, a dash and the port, made at the first attempt.
     *
     * @throws IllegalArgumentException if it does not match {@code [A-Za-z0-9._-]{1,100}}, or is one or two dots
     */
    public MonitorClientBuilder instance(String instance) {
        this.instance = RegistrationRules.name("instance", instance);
        return this;
    }

    /**
     * The URL at which the monitor reaches the application; the health path is added to it. Required, unless there is a
     * {@link #port}.
     *
     * <p>The hosts {@code localhost}, {@code 127.0.0.1} and {@code [::1]} are replaced at each attempt by the address
     * of this host that the monitor can reach, unless the monitor is on loopback too; {@code 0.0.0.0} and {@code [::]} are
     * always replaced. For https, give the host name that is in the certificate.
     *
     * @throws IllegalArgumentException if it is not http or https with a host, or has user info, query or fragment
     */
    public MonitorClientBuilder url(URI url) {
        this.url = RegistrationRules.httpUri("url", url, 0);
        return this;
    }

    /**
     * Returns the port at each attempt, instead of the one in the URL: for a server that starts on a free port, perhaps
     * later. While it returns zero or less, nothing is sent and it is called again a second later. It is called on a thread
     * of the client; if it throws, that is logged and counts as a failed attempt.
     */
    public MonitorClientBuilder port(IntSupplier port) {
        this.port = Objects.requireNonNull(port, "port");
        return this;
    }

    /**
     * The path of the health document; the monitor's default is {@code /_health}.
     *
     * @throws IllegalArgumentException if it is not one slash and up to 199 visible ASCII characters without {@code ?}, {@code #}
     *     and backslash
     */
    public MonitorClientBuilder healthPath(String healthPath) {
        this.healthPath = RegistrationRules.healthPath(healthPath);
        return this;
    }

    /**
     * The time between two polls; the monitor's default is 30 s.
     *
     * @throws IllegalArgumentException if it is not from 5 s to 300 s
     */
    public MonitorClientBuilder interval(Duration interval) {
        this.interval =
                Require.range("interval", interval, RegistrationRules.MIN_INTERVAL, RegistrationRules.MAX_INTERVAL);
        return this;
    }

    /**
     * The time allowed for one poll; the monitor's default is 5 s. It must be below the interval; {@link #start()} checks
     * that.
     *
     * @throws IllegalArgumentException if it is not from 2 s to 60 s
     */
    public MonitorClientBuilder timeout(Duration timeout) {
        this.timeout = Require.range("timeout", timeout, RegistrationRules.MIN_TIMEOUT, RegistrationRules.MAX_TIMEOUT);
        return this;
    }

    /**
     * The number of consecutive failed polls that make the instance UNHEALTHY; the monitor's default is 2.
     *
     * @throws IllegalArgumentException if it is not from 2 to 10
     */
    public MonitorClientBuilder unhealthyThreshold(int unhealthyThreshold) {
        unhealthy = RegistrationRules.threshold("unhealthyThreshold", unhealthyThreshold);
        return this;
    }

    /**
     * The number of consecutive good polls after which an UNHEALTHY or DEGRADED instance is HEALTHY again; the monitor's
     * default is 10. At the default interval of 30 s, that is 5 min after a repair; 2 or 3 suits most services. The first
     * good poll of a new instance makes it HEALTHY at once.
     *
     * @throws IllegalArgumentException if it is not from 2 to 10
     */
    public MonitorClientBuilder healthyThreshold(int healthyThreshold) {
        healthy = RegistrationRules.threshold("healthyThreshold", healthyThreshold);
        return this;
    }

    /**
     * Adds an email address that is told of trouble of this instance, and of its end; at most 10. The monitor needs a mail server.
     *
     * @throws IllegalArgumentException if it is not a plausible address, or the eleventh
     */
    public MonitorClientBuilder notify(String address) {
        String checked = RegistrationRules.email(address);
        if (!notify.contains(checked)) {
            RegistrationRules.room("notify", notify.size(), MAX_ADDRESSES, checked);
            notify.add(checked);
        }
        return this;
    }

    /**
     * Sets a label, such as {@code machine}, {@code cluster} or {@code environment}; at most 20.
     *
     * @throws IllegalArgumentException if the name does not match {@code [A-Za-z0-9._-]{1,100}}, the value does not
     *     have 1 to 200 characters or has control characters, or it is the twenty-first label
     */
    public MonitorClientBuilder label(String name, String value) {
        Require.name("label", name);
        String checked = RegistrationRules.labelValue(name, value);
        if (!labels.containsKey(name)) {
            RegistrationRules.room("label", labels.size(), MAX_LABELS, name);
        }
        labels.put(name, checked);
        return this;
    }

    /**
     * Names what the application depends on: apps, or instances as {@code app/instance}; adds to earlier names. Trouble of
     * one of them explains trouble of this instance. Sent as the label {@code depends-on}, one of the at most 20; the names
     * need not exist yet.
     *
     * @throws IllegalArgumentException if one does not match {@code [A-Za-z0-9._-]{1,100}}, twice with a slash between for
     *     an instance, or if all of them with commas between have more than 200 characters
     */
    public MonitorClientBuilder dependsOn(String... names) {
        String known = labels.get(DEPENDS_ON);
        Set<String> all = new LinkedHashSet<>(known == null ? List.of() : List.of(known.split(",", -1)));
        for (String name : names) {
            all.add(RegistrationRules.dependency(name));
        }
        return all.isEmpty() ? this : label(DEPENDS_ON, String.join(",", all));
    }

    /**
     * How long the registration holds without renewal, zero for no limit; the monitor's default is three intervals.
     *
     * @throws IllegalArgumentException if it is neither zero nor from 5 s to a day; at the start, if it is below the
     *     interval
     */
    public MonitorClientBuilder lease(Duration lease) {
        this.lease = RegistrationRules.lease(lease, RegistrationRules.MIN_INTERVAL);
        return this;
    }

    /**
     * The bearer token that the monitor requires; it is never logged. White space around it, such as the line end of a
     * file, is removed. Default is none. Replaces an earlier token or {@link #tokenFile}.
     *
     * @throws IllegalArgumentException if it does not have 1 to 500 visible ASCII characters; the message does not
     *     show it
     */
    public MonitorClientBuilder token(String token) {
        this.token = TokenSource.of(Objects.requireNonNull(token, "token"));
        return this;
    }

    /**
     * The file with the bearer token, such as the monitor's {@code registrar.token} or a mounted secret. It is read at each
     * attempt, so it may appear or change later; while it cannot be used, attempts fail, which is logged. White space
     * around the token is removed. Replaces an earlier file or {@link #token}.
     */
    public MonitorClientBuilder tokenFile(Path file) {
        this.token = TokenSource.file(Objects.requireNonNull(file, "file"));
        return this;
    }

    /** The scheduler of the attempts; default is a daemon thread of the client. The client does not close a given one. */
    public MonitorClientBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Starts to register and returns at once, even if no monitor can be reached.
     *
     * @throws IllegalArgumentException if {@code app} or {@code url} is missing, the URL has no usable port, the instance
     *     depends on itself, or timeout, interval and lease do not fit together; then nothing is started
     */
    public MonitorClient start() {
        return MonitorClient.start(this);
    }
}
