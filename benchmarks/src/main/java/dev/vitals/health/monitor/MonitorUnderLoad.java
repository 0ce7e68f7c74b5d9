package dev.vitals.health.monitor;

import com.sun.management.OperatingSystemMXBean;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Runs a complete monitor on a data directory, and prints the cost of its polls.
 *
 * <p>Arguments: data directory, seconds to warm up, seconds to measure.
 */
public final class MonitorUnderLoad {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private MonitorUnderLoad() {}

    /** Prints lines of {@code name=value}. */
    public static void main(String[] args) throws Exception {
        long warmUp = Long.parseLong(args[1]);
        long measured = Long.parseLong(args[2]);
        long jvmStart = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (Monitor monitor = Monitor.builder().port(0).data(Path.of(args[0])).start()) {
            print("started-ms", System.currentTimeMillis() - jvmStart);
            while (monitor.schedule.startDelays().getTotalCount() == 0) {
                Thread.sleep(1);
            }
            print("first-poll-ms", System.currentTimeMillis() - jvmStart);
            Histogram begun = monitor.schedule.startDelays();
            Thread.sleep(warmUp * 1_000);
            print("settling", since(begun, monitor));
            measure(monitor, measured);
            heap(monitor);
            states(monitor);
        }
    }

    private static void measure(Monitor monitor, long seconds) throws InterruptedException {
        Histogram before = monitor.schedule.startDelays();
        Map<String, Long> threads = cpuByThread();
        long cpu = PROCESS.getProcessCpuTime();
        long gc = collecting();
        long begin = System.nanoTime();
        Thread.sleep(seconds * 1_000);
        double elapsed = System.nanoTime() - begin;
        double used = PROCESS.getProcessCpuTime() - cpu;
        Histogram polls = since(before, monitor);
        System.out.printf("watched-s=%.1f%n", elapsed / 1e9);
        print("window", polls);
        System.out.printf("polls-per-s=%.1f%n", polls.getTotalCount() * 1e9 / elapsed);
        System.out.printf("cores=%.3f%n", used / elapsed);
        System.out.printf("cpu-us-per-check=%.1f%n", used / 1e3 / Math.max(1, polls.getTotalCount()));
        System.out.printf("gc-ms=%d%n", collecting() - gc);
        Map<String, Long> difference = new TreeMap<>();
        double seen = 0;
        for (Map.Entry<String, Long> thread : cpuByThread().entrySet()) {
            long spent = thread.getValue() - threads.getOrDefault(thread.getKey(), 0L);
            difference.put(thread.getKey(), spent);
            seen += spent;
        }
        difference.forEach((name, spent) -> {
            if (spent > used / 200) {
                System.out.printf(
                        "cpu-us-per-check-of %s=%.1f%n", name, spent / 1e3 / Math.max(1, polls.getTotalCount()));
            }
        });
        System.out.printf(
                "cpu-us-per-check-of jvm-itself=%.1f%n", (used - seen) / 1e3 / Math.max(1, polls.getTotalCount()));
        print("under-way", monitor.schedule.activePolls());
    }

    private static void print(String name, long value) {
        System.out.println(name + "=" + value);
    }

    private static void print(String name, Histogram polls) {
        System.out.printf(
                "%s polls=%d late-p50-ms=%.1f late-p99-ms=%.1f late-max-ms=%.1f%n",
                name, polls.getTotalCount(), millis(polls, 0.5), millis(polls, 0.99), millis(polls, 1));
    }

    private static Histogram since(Histogram earlier, Monitor monitor) {
        Histogram delays = monitor.schedule.startDelays();
        delays.subtract(earlier);
        return delays;
    }

    private static double millis(Histogram polls, double share) {
        return polls.getValueAtPercentile(100 * share) / 1e3;
    }

    // Without its number at the end, a name stands for all threads of a kind.
    private static Map<String, Long> cpuByThread() {
        Map<String, Long> cpu = new HashMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                String kind =
                        thread.getThreadName().replaceAll("[-#0-9@a-f]*$", "").replace(' ', '-');
                cpu.merge(kind, Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())), Long::sum);
            }
        }
        return cpu;
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionTime())
                .sum();
    }

    private static void heap(Monitor monitor) throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(250);
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        int targets = monitor.registry.targets().size();
        print("targets", targets);
        print("heap-bytes", used);
        print("heap-bytes-per-target", used / Math.max(1, targets));
    }

    private static void states(Monitor monitor) {
        Map<State, Integer> states = new TreeMap<>();
        for (WatchedTarget watched : monitor.registry.targets()) {
            states.merge(watched.state().state(), 1, Integer::sum);
        }
        states.forEach((state, count) -> print("state-" + state, count));
    }
}
