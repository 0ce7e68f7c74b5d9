package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The entry: starts all, says what to try, takes commands until it is told to end. */
public final class Demo {
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(60);
    private static final Duration HEALTHY_BOUND = Duration.ofSeconds(30);

    private final Settings settings;
    private final Screen screen;
    private final Fleet fleet;
    private final MonitorView view;

    private Demo(Settings settings, Screen screen) throws IOException {
        this.settings = settings;
        this.screen = screen;
        this.fleet = new Fleet(settings, screen);
        this.view = new MonitorView(settings);
    }

    /** Runs the demo; exit code 1 and one line if it cannot start. */
    public static void main(String[] args) throws InterruptedException {
        Screen screen = new Screen(System.out, System.err);
        try {
            Settings settings = Settings.of(System.getProperties());
            FreePorts.require(settings);
            new Demo(settings, screen).run();
        } catch (IllegalArgumentException | IOException e) {
            screen.fail(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::stopAll, "demo-shutdown"));
        screen.say("starting monitor, inventory and orders ...");
        Instant began = Instant.now();
        for (App app : App.values()) {
            start(app);
        }
        boolean healthy =
                Retry.until(HEALTHY_BOUND, () -> view.works(App.INVENTORY, began) && view.works(App.ORDERS, began));
        screen.say(banner());
        if (!healthy) {
            screen.say("The monitor does not see all of them healthy yet: type status.");
        }
        screen.up();
        takeCommands();
        new CountDownLatch(1).await(); // until System.exit or a signal
    }

    private void start(App app) throws IOException, InterruptedException {
        AppProcess process = fleet.get(app);
        process.start();
        Retry.until(ANSWER_BOUND, () -> process.pid().isEmpty() || view.answers(app));
        if (process.pid().isEmpty()) {
            throw new IOException(process.obituary());
        }
    }

    private String banner() {
        List<Target> targets;
        try {
            targets = view.targets();
        } catch (IOException e) {
            targets = List.of(); // it may have been killed a moment ago
        }
        return new Banner(settings, fleet).text(targets);
    }

    private void takeCommands() {
        Commands commands = new Commands(fleet, screen, new StatusTable(settings, fleet, view)::text, this::banner);
        Thread reader = new Thread(
                () -> {
                    try {
                        commands.readFrom(
                                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
                    } catch (IOException | InterruptedException e) {
                        screen.happened("no more commands are taken: " + e.getMessage());
                    }
                },
                "demo-commands");
        reader.setDaemon(true);
        reader.start();
    }
}
