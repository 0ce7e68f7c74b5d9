package dev.vitals.benchmarks;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditStore;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.HistoryStore;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.TargetStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Measures the cost of the monitor's recorder: CPU time per result (state machine, storage and history), heap and disk space
 * per target.
 *
 * <p>Time is simulated: each tenth of a second brings the results that are due and one commit to a real SQLite file. So a
 * day takes minutes, and the recorder's thread takes the same CPU time as in a monitor.
 *
 * <p>Arguments, all optional: targets; interval in seconds; simulated seconds; share of failing targets; tenths of a second
 * between commits (1 as in a monitor; more to measure the growth of the file over a day, since each commit waits for the
 * disk).
 */
public final class HistoryRun {
    private static final SettingsReader READER = new SettingsReader(Probes.KINDS);

    private static final int TENTHS_A_SECOND = 10;
    private static final int TENTH_MILLIS = 100;
    private static final int WARM_UP_SECONDS = 120;

    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final Random random = new Random(1);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final int tenths;

    private HistoryRun(int tenths) {
        this.tenths = tenths;
    }

    public static void main(String[] args) throws IOException {
        int targets = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int interval = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 600;
        double failing = args.length > 3 ? Double.parseDouble(args[3]) : 0.01;
        int tenths = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "history-run");
        try {
            new HistoryRun(tenths).run(directory.resolve("monitor.db"), targets, interval, seconds, failing);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Path file, int number, int interval, int seconds, double failing) throws IOException {
        long heapBefore = heap();
        Database database = Database.sqlite(file);
        Registry registry = registry(database, file.toAbsolutePath().getParent());
        registry.start();
        List<Target> targets = register(registry, number, interval);
        feed(registry, targets, interval, WARM_UP_SECONDS, failing);
        long diskBefore = disk(file);
        long cpuBefore = recorderCpu();
        long wallBefore = System.nanoTime();
        long results = feed(registry, targets, interval, seconds, failing);
        long cpu = recorderCpu() - cpuBefore;
        long wall = System.nanoTime() - wallBefore;
        long heap = heap() - heapBefore;
        System.out.printf(
                "%d targets every %d s, %d simulated seconds, %.1f %% failing, %d results%n",
                number, interval, seconds, failing * 100, results);
        System.out.printf(
                "  recorder's CPU %.2f us a result, %.1f %% of a core at %d results/s; %.1f s of wall time%n",
                cpu / 1e3 / results, 100.0 * cpu / 1e9 / seconds, results / seconds, wall / 1e9);
        System.out.printf("  heap %d bytes a target, registry and store included%n", heap / number);
        System.out.printf(
                "  disk %d bytes a target now; growth %.0f bytes a target and day%n",
                disk(file) / number, (disk(file) - diskBefore) * 86_400.0 / seconds / number);
        registry.close();
        database.close();
        System.out.printf("  disk after the end %d bytes a target%n", disk(file) / number);
    }

    private Registry registry(Database database, Path directory) throws IOException {
        AuditLog audit = new AuditLog(new AuditStore(database), () -> now);
        Secrets secrets = Secrets.open(new SecretStore(database), audit, directory, false);
        return new Registry(
                new TargetStore(database, secrets::open, READER),
                new HostCheckStore(database, secrets::open, READER),
                secrets,
                () -> now,
                () -> now.toEpochMilli() * 1_000_000,
                Duration.ofHours(24),
                History.open(new HistoryStore(database), () -> now, ObservedValues.NONE));
    }

    private List<Target> register(Registry registry, int number, int interval) {
        List<CompletableFuture<Target>> registered = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            TargetId id = new TargetId("app-" + i / 20, "instance-" + i);
            registered.add(registry.register(
                            id,
                            READER.registration(
                                    id,
                                    Fields.of(
                                            Map.of(
                                                    "url",
                                                    "http://10.0.0.1:8080/app-" + i,
                                                    "interval",
                                                    interval,
                                                    "timeout",
                                                    2,
                                                    "lease",
                                                    0),
                                            Naming.CAMEL)),
                            answer -> new AuditEntry(0, now, "run", "", "instance.register", "", "", "ok"))
                    .thenApply(answer -> answer.target()));
            if (i % 10_000 == 9_999) {
                registered.get(i).join();
            }
        }
        return registered.stream().map(CompletableFuture::join).toList();
    }

    private long feed(Registry registry, List<Target> targets, int interval, int seconds, double failing) {
        long results = 0;
        int slots = interval * TENTHS_A_SECOND / tenths;
        for (int batch = 0; batch < seconds * TENTHS_A_SECOND / tenths; batch++) {
            for (int i = batch % slots; i < targets.size(); i += slots) {
                registry.record(targets.get(i), result(i, targets.size(), failing));
                results++;
            }
            registry.settled().join();
            now = now.plusMillis(tenths * TENTH_MILLIS);
        }
        return results;
    }

    // The last targets always fail, the others never. Latencies are around 2 ms, a few far above.
    private PollResult result(int i, int number, double failing) {
        long micros = (long) (2_000 * Math.exp(random.nextGaussian() * 0.4));
        if (i >= number * (1 - failing)) {
            String message = "answered 503: " + (random.nextInt(10) == 0 ? "no connection" : "database is down");
            return new PollResult(Outcome.Code.ERROR, message, 503, now, Duration.ofNanos(micros * 1_000), List.of());
        }
        return new PollResult(Outcome.Code.OK, null, 200, now, Duration.ofNanos(micros * 1_000), List.of());
    }

    private long recorderCpu() {
        for (long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id).getThreadName().startsWith("monitor-recorder-")) {
                return threads.getThreadCpuTime(id);
            }
        }
        throw new IllegalStateException("the recorder does not run");
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long disk(Path file) throws IOException {
        return Files.size(file);
    }
}
