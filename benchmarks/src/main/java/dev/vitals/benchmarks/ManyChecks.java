package dev.vitals.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.Outcome;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Measures the cost of 1,000 checks at the default interval of 10 s, and how evenly their starts are spread. */
public final class ManyChecks {
    private static final int CHECKS = 1_000;
    private static final int INTERVAL_SECONDS = 10;
    private static final long BUCKET_NANOS = 100_000_000;
    // The JIT needs this long to compile code that runs a hundred times a second.
    private static final int WARM_UP_SECONDS = 6 * INTERVAL_SECONDS;

    private ManyChecks() {}

    /** Prints CPU, heap and the spread of the starts. The argument is how many seconds to measure. */
    public static void main(String[] args) throws InterruptedException {
        int seconds = Integer.parseInt(args[0]);
        long origin = System.nanoTime();
        AtomicIntegerArray starts = new AtomicIntegerArray((WARM_UP_SECONDS + seconds + 60) * 10);
        HealthBuilder builder = Health.builder();
        for (int i = 0; i < CHECKS; i++) {
            builder.check("check-" + i, () -> {
                starts.incrementAndGet((int) ((System.nanoTime() - origin) / BUCKET_NANOS));
                return Outcome.ok();
            });
        }
        try (Health empty = Health.builder().start()) {
            long without = usedHeap();
            try (Health health = builder.start()) {
                Checks.awaitResults(health);
                System.out.printf("many-checks first starts: %s%n", share(starts, 0, bucket(origin)));
                Thread.sleep(WARM_UP_SECONDS * 1_000L);
                measure(seconds, origin, starts);
                System.out.printf("many-checks heap: %d bytes a check%n", (usedHeap() - without) / CHECKS);
                health.report();
            }
            empty.report();
        }
    }

    private static void measure(int seconds, long origin, AtomicIntegerArray starts) throws InterruptedException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        int first = bucket(origin) + 1;
        long begin = System.nanoTime();
        long cpu = process.getProcessCpuTime();
        long compiling = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
        Thread.sleep(seconds * 1_000L);
        double share = 100.0 * (process.getProcessCpuTime() - cpu) / (System.nanoTime() - begin);
        System.out.printf("many-checks cpu: %.2f %% of a core over %d s%n", share, seconds);
        long compiled = ManagementFactory.getCompilationMXBean().getTotalCompilationTime() - compiling;
        System.out.printf("many-checks compiler: %d ms of that time%n", compiled);
        System.out.printf("many-checks starts: %s%n", share(starts, first, bucket(origin)));
    }

    private static int bucket(long origin) {
        return (int) ((System.nanoTime() - origin) / BUCKET_NANOS);
    }

    private static String share(AtomicIntegerArray starts, int from, int to) {
        int most = 0;
        int sum = 0;
        for (int i = from; i < to; i++) {
            most = Math.max(most, starts.get(i));
            sum += starts.get(i);
        }
        return String.format(
                "%d in %d buckets of 100 ms, at most %d in one: %.1f %% of an interval's",
                sum, to - from, most, 100.0 * most / CHECKS);
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
