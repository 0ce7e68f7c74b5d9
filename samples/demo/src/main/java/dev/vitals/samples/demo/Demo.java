package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the monitor and the samples, prints what to try, and runs commands until it is told to quit. */
public final class Demo {
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(60);
    private static final Duration HEALTHY_BOUND = Duration.ofSeconds(30);

    private final Settings settings;
    private final Console console;
    private final DemoProcesses processes;
    private final MonitorApi monitor;

    private Demo(Settings settings, Console console) throws IOException {
        this.settings = settings;
        this.console = console;
        this.processes = new DemoProcesses(settings, console);
        this.monitor = new MonitorApi(settings);
    }

    /** Runs the demo. If it cannot start, prints one line and exits with code 1. */
    public static void main(String[] args) throws InterruptedException {
        Console console = new Console(System.out, System.err);
        try {
            Settings settings = Settings.of(System.getProperties());
            settings.requireFreePorts();
            new Demo(settings, console).run();
        } catch (IllegalArgumentException | IOException e) {
            console.fail(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(processes::stopAll, "demo-shutdown"));
        console.say("starting monitor, inventory and orders ...");
        Instant began = Instant.now();
        for (App app : App.values()) {
            start(app);
        }
        boolean healthy = Await.until(
                HEALTHY_BOUND, () -> monitor.works(App.INVENTORY, began) && monitor.works(App.ORDERS, began));
        console.say(help());
        if (!healthy) {
            console.say("The monitor does not report all of them as healthy yet: type status.");
        }
        console.showLogs();
        readCommands();
        new CountDownLatch(1).await(); // until System.exit or a signal
    }

    private void start(App app) throws IOException, InterruptedException {
        AppProcess process = processes.get(app);
        process.start();
        Await.until(ANSWER_BOUND, () -> process.pid().isEmpty() || monitor.answers(app));
        if (process.pid().isEmpty()) {
            throw new IOException(process.exitMessage());
        }
    }

    private String help() {
        List<MonitorApi.Target> targets;
        try {
            targets = monitor.targets();
        } catch (IOException e) {
            targets = List.of(); // the monitor may have just been killed
        }
        return new HelpText(settings, processes).text(targets);
    }

    private void readCommands() {
        Commands commands =
                new Commands(processes, console, new StatusTable(settings, processes, monitor)::text, this::help);
        Thread reader = new Thread(
                () -> {
                    try {
                        commands.readFrom(
                                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
                    } catch (IOException | InterruptedException e) {
                        console.happened("commands are not read any more: " + e.getMessage());
                    }
                },
                "demo-commands");
        reader.setDaemon(true);
        reader.start();
    }
}
