package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.MonitorBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the monitor until the process is stopped. */
@Command(
        name = "serve",
        description = "Runs the monitor until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = ServeConverters.Port.class,
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = MonitorBuilder.DEFAULT_PORT;

    @Option(names = "--bind", paramLabel = "HOST", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind = MonitorBuilder.DEFAULT_HOST;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of the database and the token (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--forget-after",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "24h",
            description =
                    "Time after which a target is forgotten if its lease has ended and it is not healthy, such as 90s,"
                            + " 30m, 24h or 7d; from 1m to 30d (default: ${DEFAULT-VALUE}).")
    private Duration forgetAfter = MonitorBuilder.DEFAULT_FORGET_AFTER;

    @Option(
            names = "--keep-results",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "4d",
            description = "Time to keep results and roll-ups by minute; from 1h to 90d (default: ${DEFAULT-VALUE}).")
    private Duration keepResults = MonitorBuilder.DEFAULT_KEEP_RESULTS;

    @Option(
            names = "--keep-hours",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "400d",
            description = "Time to keep roll-ups by hour; from 1d to 3650d (default: ${DEFAULT-VALUE}).")
    private Duration keepHours = MonitorBuilder.DEFAULT_KEEP_HOURS;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "File of services to watch, in YAML; a change of the file takes effect within seconds.")
    private @Nullable Path file;

    @Option(
            names = "--max-checks-per-host",
            paramLabel = "NUMBER",
            description = "Most checks of one host, from 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int maxChecksPerHost = MonitorBuilder.DEFAULT_MAX_CHECKS_PER_HOST;

    @Option(
            names = "--max-instances",
            paramLabel = "NUMBER",
            description = "Most instances that may be registered, from 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int maxInstances = MonitorBuilder.DEFAULT_MAX_INSTANCES;

    @Option(
            names = "--max-instances-per-token",
            paramLabel = "NUMBER",
            description = "Most instances that may be registered under the app prefix of one token, from 1 to 1000000"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxInstancesPerToken = MonitorBuilder.DEFAULT_MAX_INSTANCES_PER_TOKEN;

    @Option(
            names = "--anonymous-read",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether everybody may read without a token (default: true if --bind is a loopback address).")
    private @Nullable Boolean anonymousRead;

    @Option(
            names = "--mail",
            paramLabel = "URL",
            description = "Mail server: smtp://[user@]host[:port][?starttls=required|optional|never], or"
                    + " smtps://[user@]host[:port] for TLS from the first byte (default: none; messages by mail wait).")
    private @Nullable String mail;

    @Option(
            names = "--mail-password-file",
            paramLabel = "FILE",
            description = "File with the password for the user in --mail.")
    private @Nullable Path mailPasswordFile;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description = "Address of the sender of mails (default: vitals@ and the name of this host).")
    private @Nullable String mailFrom;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ServeConverters.Zone.class,
            description = "Time zone of times in messages, such as Europe/Berlin (default: that of the system).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--test",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Makes, logs and shows messages, and sends none (default: ${DEFAULT-VALUE}).")
    private boolean test;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Where people reach the monitor, for the links in messages (default: none, and no links).")
    private @Nullable URI publicUrl;

    @Option(
            names = "--canary",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Place that answers as long as the network of the monitor works; if none of them does, the"
                    + " monitor tells that it cannot see, and nothing of its targets; may be repeated.")
    private List<String> canaries = new ArrayList<>();

    @Option(
            names = "--dead-man",
            paramLabel = "URL",
            description =
                    "URL to ask at an interval as long as the monitor works, so that its absence alarms somebody.")
    private @Nullable URI deadMan;

    @Option(
            names = "--dead-man-interval",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "1m",
            description = "Time between two requests to --dead-man; from 10s to 1d (default: ${DEFAULT-VALUE}).")
    private Duration deadManInterval = Duration.ofMinutes(1);

    @Option(
            names = "--proof-of-life",
            paramLabel = "HH:MM[@ZONE]",
            description = "Time of a daily message to those who are told of the monitor (default: none).")
    private @Nullable String proofOfLife;

    @Option(
            names = "--verbose",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Logs more of what the monitor does, such as repeated failures (default: ${DEFAULT-VALUE}).")
    private boolean verbose;

    @Option(
            names = "--debug",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Logs what --verbose does, and what the libraries inside do (default: ${DEFAULT-VALUE}).")
    private boolean debug;

    @Option(
            names = "--new-key",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Makes a new encryption key although stored secrets need one that is not in secret.key; these"
                    + " secrets must then be given again (default: ${DEFAULT-VALUE}).")
    private boolean newKey;

    @Option(
            names = "--new-database",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Begins with an empty database although the key or the tokens of an earlier one are there"
                    + " (default: ${DEFAULT-VALUE}).")
    private boolean newDatabase;

    @Option(
            names = "--discovery",
            split = ",",
            paramLabel = "ADDRESS",
            description = "Address of this machine on whose network the monitor is announced by DNS-SD, so that clients"
                    + " find it; may be repeated (default: none).")
    private List<String> discovery = new ArrayList<>();

    @Option(
            names = "--discovery-priority",
            paramLabel = "NUMBER",
            description =
                    "Clients that find several monitors use the lowest, from 0 to 65535 (default: ${DEFAULT-VALUE}).")
    private int discoveryPriority;

    @Option(
            names = "--allow-host",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Further host names that requests may be sent to while --bind is a loopback address, such as the"
                            + " one that a proxy passes on; may be repeated.")
    private List<String> hostNames = new ArrayList<>();

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "RANGE",
            description = "Addresses that registered URLs may use although they are denied by default, such as"
                    + " 127.0.0.0/8:8080 or [fd00::/8]; may be repeated.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--allow-channel",
            split = ",",
            paramLabel = "RANGE",
            description = "Addresses that channels may send to although they are denied by default, such as"
                    + " 127.0.0.1:9093; --allow says nothing about channels; may be repeated.")
    private List<String> allowedChannels = new ArrayList<>();

    @Option(
            names = "--deny",
            split = ",",
            paramLabel = "RANGE",
            description =
                    "Addresses that registered URLs and channels must not use, even if allowed otherwise, such as private"
                            + " or 10.0.0.0/8; may be repeated.")
    private List<String> denied = new ArrayList<>();

    @Option(
            names = OptionSources.CONFIG,
            paramLabel = "FILE",
            description = "File with options, one line name = value each; the command line and the environment"
                    + " (VITALS_MONITOR_PORT for --port) win over the file.")
    @SuppressWarnings("UnusedVariable") // OptionSources reads it before the other options have values
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        logMore();
        Monitor monitor = settings().start();
        // Before the first line is printed, because its reader may send a signal immediately.
        PrintWriter out = spec.commandLine().getOut();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(monitor, out), "monitor-shutdown"));
        // The files, not the tokens: the output goes into logs.
        monitor.tokenFiles().forEach(file -> out.println("token in " + file));
        out.println("vitals monitor listens on " + monitor.uri() + ", data in " + data);
        out.flush();
        boolean unused = HangUp.handle(monitor::reload);
        new CountDownLatch(1).await();
        return 0;
    }

    /** Sets what logback-monitor.xml asks for; nothing has been logged so far. */
    private void logMore() {
        if (verbose || debug) {
            System.setProperty("vitals.log", "DEBUG");
        }
        if (debug) {
            System.setProperty("vitals.log.libraries", "DEBUG");
            System.setProperty("vitals.log.quiet", "INFO");
        }
    }

    private static void stop(Monitor monitor, PrintWriter out) {
        out.println("vitals monitor stops");
        out.flush();
        monitor.close();
        out.println("vitals monitor has stopped");
        out.flush();
    }

    private MonitorBuilder settings() {
        MonitorBuilder builder = Monitor.builder().data(data);
        apply("--port", () -> builder.port(port));
        apply("--bind", () -> builder.host(bind));
        apply("--forget-after", () -> builder.forgetAfter(forgetAfter));
        apply("--keep-results", () -> builder.keepResults(keepResults));
        apply("--keep-hours", () -> builder.keepHours(keepHours));
        apply("--max-checks-per-host", () -> builder.maxChecksPerHost(maxChecksPerHost));
        apply("--max-instances", () -> builder.maxInstances(maxInstances));
        apply("--max-instances-per-token", () -> builder.maxInstancesPerToken(maxInstancesPerToken));
        if (file != null) {
            builder.file(file);
        }
        discovery.forEach(address -> apply("--discovery", () -> builder.discovery(address)));
        apply("--discovery-priority", () -> builder.discoveryPriority(discoveryPriority));
        hostNames.forEach(name -> apply("--allow-host", () -> builder.allowHost(name)));
        allowed.forEach(rule -> apply("--allow", () -> builder.allow(rule)));
        allowedChannels.forEach(rule -> apply("--allow-channel", () -> builder.allowChannel(rule)));
        denied.forEach(rule -> apply("--deny", () -> builder.deny(rule)));
        applyMail(builder);
        if (zone != null) {
            builder.zone(zone);
        }
        applySignsOfLife(builder);
        applyPublicUrl(builder);
        builder.test(test).newKey(newKey).newDatabase(newDatabase);
        if (anonymousRead != null) {
            builder.anonymousRead(anonymousRead);
        }
        return builder;
    }

    private void applyMail(MonitorBuilder builder) {
        String server = mail;
        String from = mailFrom;
        if (server != null) {
            apply("--mail", () -> builder.mail(server));
        }
        if (from != null) {
            apply("--mail-from", () -> builder.mailFrom(from));
        }
        if (mailPasswordFile != null) {
            String password = password(mailPasswordFile);
            apply("--mail-password-file", () -> builder.mailPassword(password));
        }
    }

    private void applyPublicUrl(MonitorBuilder builder) {
        URI url = publicUrl;
        if (url != null) {
            apply("--public-url", () -> builder.publicUrl(url));
        }
    }

    private void applySignsOfLife(MonitorBuilder builder) {
        canaries.forEach(place -> apply("--canary", () -> builder.canary(place)));
        URI url = deadMan;
        String daily = proofOfLife;
        if (url != null) {
            apply("--dead-man", () -> builder.deadMan(url, deadManInterval));
        }
        if (daily != null) {
            apply("--proof-of-life", () -> builder.proofOfLife(daily));
        }
    }

    private String password(Path passwordFile) {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--mail-password-file: the file " + passwordFile + " cannot be read", e);
        }
    }

    private void apply(String option, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            CommandLine line = spec.commandLine();
            OptionSpec known = spec.findOption(option);
            String given = line.getParseResult().hasMatchedOption(known) ? null : OptionSources.given(line, known);
            throw new ParameterException(line, option + ": " + e.getMessage(), e, known, given);
        }
    }
}
