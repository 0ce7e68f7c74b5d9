package dev.vitals.health.monitor;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressRule;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.channel.MailServer;
import dev.vitals.health.monitor.channel.MailType;
import dev.vitals.health.monitor.discovery.Announcement;
import dev.vitals.health.monitor.file.FileContents;
import dev.vitals.health.monitor.file.Plan;
import dev.vitals.health.monitor.file.ServicesFile;
import dev.vitals.health.monitor.history.RetentionPolicy;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.observer.Canaries;
import dev.vitals.health.monitor.observer.SignsOfLife;
import dev.vitals.health.monitor.rule.ChannelReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /** The default of {@link #maxInstances}. */
    public static final int DEFAULT_MAX_INSTANCES = 50_000;

    /** The default of {@link #maxInstancesPerToken}. */
    public static final int DEFAULT_MAX_INSTANCES_PER_TOKEN = 10_000;

    private static final int MAX_MAX_INSTANCES = 1_000_000;
    private static final int MAX_MAX_CHECKS_PER_HOST = 100;
    private static final Duration MIN_FORGET_AFTER = Duration.ofMinutes(1);
    private static final Duration MAX_FORGET_AFTER = Duration.ofDays(30);
    private static final Duration SHORTEST_PING = Duration.ofSeconds(10);
    private static final Duration LONGEST_PING = Duration.ofDays(1);
    private static final int MAX_PASSWORD = 2_000;
    private static final String LOCALHOST = "localhost";
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
    int maxInstances = DEFAULT_MAX_INSTANCES;
    int maxInstancesPerToken = DEFAULT_MAX_INSTANCES_PER_TOKEN;

    @Nullable
    Path file;

    final Set<String> hostNames = new LinkedHashSet<>();
    final Set<InetAddress> discovery = new LinkedHashSet<>();
    int discoveryPriority;

    List<ChannelType> channelTypes = MonitorComponents.CHANNEL_TYPES;
    final List<AddressRule> allowed = new ArrayList<>();
    final List<AddressRule> allowedChannels = new ArrayList<>();
    final List<AddressRule> denied = new ArrayList<>();

    private @Nullable String mailServer;
    private @Nullable Secret mailPassword;
    private @Nullable String mailFrom;
    ZoneId zone = ZoneId.systemDefault();
    boolean test;
    final List<Canaries.Canary> canaries = new ArrayList<>();

    @Nullable
    URI deadMan;

    @Nullable
    URI publicUrl;

    Duration deadManInterval = SignsOfLife.DEFAULT_INTERVAL;

    @Nullable
    String proofOfLife;

    boolean newKey;
    boolean newDatabase;

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

    /**
     * Whether to begin with an empty database although the data directory has the key or the tokens of an earlier one; default
     * false: most likely the database was lost, or was copied without its log.
     */
    public MonitorBuilder newDatabase(boolean newDatabase) {
        this.newDatabase = newDatabase;
        return this;
    }

    /**
     * Whether to create a new encryption key although stored secrets need one that is not in {@code secret.key}; default
     * false. These secrets must then be given again.
     */
    public MonitorBuilder newKey(boolean newKey) {
        this.newKey = newKey;
        return this;
    }

    /** The most instances that may be registered in all; default 50,000, from 1 to 1,000,000. A further one is refused. */
    public MonitorBuilder maxInstances(int maxInstances) {
        this.maxInstances = Require.range("maxInstances", maxInstances, 1, MAX_MAX_INSTANCES);
        return this;
    }

    /**
     * The most instances that may be registered under the app prefix of one token, by whichever token; default 10,000, from
     * 1 to 1,000,000. A token without a prefix may add an instance while there are fewer in all.
     */
    public MonitorBuilder maxInstancesPerToken(int maxInstancesPerToken) {
        this.maxInstancesPerToken = Require.range("maxInstancesPerToken", maxInstancesPerToken, 1, MAX_MAX_INSTANCES);
        return this;
    }

    /** Whether anybody may read without a login; by default, only while the monitor listens on a loopback address. */
    public MonitorBuilder anonymousRead(boolean anonymousRead) {
        this.anonymousRead = anonymousRead;
        return this;
    }

    /**
     * Announces the monitor by DNS-SD on the interface with this address. May be called several times; default is never.
     *
     * @throws IllegalArgumentException if it is not an address of this machine
     */
    public MonitorBuilder discovery(String address) {
        discovery.add(Announcement.onThisMachine(address));
        return this;
    }

    /** How much clients that find several monitors prefer this one: the lowest number first, 0 to 65535; default 0. */
    public MonitorBuilder discoveryPriority(int priority) {
        discoveryPriority = Require.range("discoveryPriority", priority, 0, Announcement.MAX_PRIORITY);
        return this;
    }

    /**
     * Answers requests to this host name too, such as the name that a proxy on this machine passes on. May be called several
     * times. Only a monitor that listens on a loopback address looks at the name: it answers only to loopback names
     * otherwise.
     */
    public MonitorBuilder allowHost(String name) {
        hostNames.add(Require.text("allowHost", name, MAX_HOST_LENGTH));
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
     * Allows channels that lead to these addresses, although they are denied by default. {@link #allow} says nothing about
     * channels. May be called several times.
     *
     * @param rule in the form that {@link #allow} takes
     * @throws IllegalArgumentException if the rule has another form
     */
    public MonitorBuilder allowChannel(String rule) {
        allowedChannels.add(AddressRule.of("allowChannel", Objects.requireNonNull(rule, "rule")));
        return this;
    }

    /**
     * The mail server for the addresses of registrations and rules; by default there is none, and their messages wait.
     *
     * @param server {@code smtp://[user@]host[:port][?starttls=required|optional|never]}, or {@code smtps://[user@]host[:port]}
     *     for TLS from the first byte. STARTTLS is required by default, except for loopback, where it is optional
     * @throws IllegalArgumentException if the text has another form, or contains a password
     */
    public MonitorBuilder mail(String server) {
        MailServer parsed = MailServer.parse(server);
        Objects.requireNonNull(parsed.host(), "host");
        this.mailServer = server;
        return this;
    }

    /** The password for the user of the mail server; needed if {@link #mail} names a user. */
    public MonitorBuilder mailPassword(String password) {
        this.mailPassword = Secret.of(Require.text("mailPassword", password, MAX_PASSWORD));
        return this;
    }

    /**
     * The address of the sender of mails; default {@code vitals@} and the name of this host.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public MonitorBuilder mailFrom(String address) {
        if (!MailType.isAddress(address)) {
            throw new IllegalArgumentException(
                    "mailFrom must be an address of the form name@domain, was " + Require.shown(address));
        }
        this.mailFrom = address;
        return this;
    }

    /**
     * Where people reach the monitor, for the links in messages; without it, messages have no links. A monitor that listens on
     * loopback answers to this host's name too, since a proxy passes it on.
     *
     * @param url an absolute http or https URL without query; with a path if a proxy adds one
     * @throws IllegalArgumentException if the URL has another form
     */
    public MonitorBuilder publicUrl(URI url) {
        String text = url.toString();
        if (!Urls.isUrl(text)
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "publicUrl must be " + Urls.URL + ", without user, query and fragment, was " + Urls.shown(url));
        }
        this.publicUrl = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
        return allowHost(url.getHost());
    }

    /** The time zone of times in messages; default that of the system. */
    public MonitorBuilder zone(ZoneId zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
        return this;
    }

    /** Whether messages are only made, logged and shown, and nothing is sent; default false. */
    public MonitorBuilder test(boolean test) {
        this.test = test;
        return this;
    }

    /**
     * A place that answers as long as the network of the monitor works, such as a router; may be called several times. If none
     * of them answers, the monitor says that it cannot see, and nothing of its targets.
     *
     * @param place {@code HOST:PORT} of something that accepts connections
     * @throws IllegalArgumentException if the text has another form
     */
    public MonitorBuilder canary(String place) {
        canaries.add(Canaries.Canary.parse(place));
        return this;
    }

    /**
     * The URL that is asked at an interval as long as the monitor works, so that its absence alarms somebody; default none.
     *
     * @param interval the time between two requests, from 10 s to 1 d
     * @throws IllegalArgumentException if the URL is not an absolute http or https URL, or the interval is out of its bounds
     */
    public MonitorBuilder deadMan(URI url, Duration interval) {
        if (!Urls.isUrl(url.toString())) {
            throw new IllegalArgumentException("deadMan must be " + Urls.URL + ", was " + Urls.shown(url));
        }
        this.deadManInterval = Require.range("interval", interval, SHORTEST_PING, LONGEST_PING);
        this.deadMan = url;
        return this;
    }

    /**
     * The time of a daily message to those who are told of the monitor; default none.
     *
     * @param time {@code HH:MM}, or {@code HH:MM@ZONE}; without a zone that of {@link #zone}
     * @throws IllegalArgumentException if the text has another form
     */
    public MonitorBuilder proofOfLife(String time) {
        SignsOfLife.Daily parsed = SignsOfLife.Daily.parse(time, zone);
        Objects.requireNonNull(parsed.zone(), "zone");
        this.proofOfLife = time;
        return this;
    }

    /** Returns the channel of the mail server; empty if there is none. */
    Optional<ChannelSettings> mailChannel() {
        String server = mailServer;
        if (server == null) {
            return Optional.empty();
        }
        String from = mailFrom == null ? "vitals@" + hostName() : mailFrom;
        return Optional.of(MailType.builtIn(MailServer.parse(server), server, from, mailPassword));
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return MailType.isAddress("vitals@" + name) ? name : LOCALHOST;
        } catch (UnknownHostException unknown) {
            return LOCALHOST;
        }
    }

    /**
     * Denies registered URLs and channels that lead to these addresses, even if {@link #allow} or
     * {@link #allowChannel} allows them. May be called several times.
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
     * Returns what the file would change in a monitor with this data directory, running or not: a line for each target,
     * channel, rule and expectation that would be added, changed or removed, with the fields that differ. Changes nothing.
     *
     * @throws IOException if the file has problems (the message has a line for each), or the data directory does not exist or
     *     cannot be read
     * @throws IllegalStateException if no file is set
     */
    public List<String> plan() throws IOException {
        if (file == null) {
            throw new IllegalStateException("file must be set");
        }
        ChannelReader channels = new ChannelReader(channelTypes);
        ServicesFile wanted = ServicesFile.read(file, MonitorComponents.SETTINGS, channels);
        if (!Files.isDirectory(data)) {
            throw new IOException("data directory " + data + " does not exist");
        }
        FileContents stored = DataDirectory.configured(data, channels);
        wanted.refuse(wanted.contents().rules().conflicts(stored.rules().of(false)));
        FileContents ofFile = new FileContents(stored.targets(), stored.rules().of(true));
        return Plan.between(ofFile, wanted.contents()).lines();
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
