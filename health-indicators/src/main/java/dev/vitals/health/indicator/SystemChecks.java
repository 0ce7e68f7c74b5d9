package dev.vitals.health.indicator;

import dev.vitals.health.HealthBuilder;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The system set: {@code cpu:utilization}, {@code memory:utilization}, {@code disk:utilization} and the uptime.
 *
 * <p>Inside a container with limits (cgroup v2 or v1), CPU and memory are those of the container; else of the machine.
 * None of the four is ever ERROR or critical: they tell how an instance fares, and a busy one still serves. WARNING from
 * 95 % of CPU, 95 % of memory, 90 % of the disk that holds the working directory. What cannot be told here is OK and
 * says so. For limits of your own there are {@link CpuLoadIndicator}, {@link HeapIndicator} and
 * {@link DiskSpaceIndicator}. A run costs reading a few small files.
 */
public final class SystemChecks {
    private static final double CPU_WARN_AT = 0.95;
    private static final double MEMORY_WARN_AT = 0.95;
    private static final double DISK_WARN_AT = 0.9;

    private SystemChecks() {}

    /**
     * Adds the checks {@code cpu}, {@code memory}, {@code disk} and {@code uptime}, with the default interval.
     *
     * @return the same builder
     * @throws IllegalArgumentException if one of these names is taken
     */
    public static HealthBuilder addTo(HealthBuilder builder) {
        return addTo(builder, Path.of("/"));
    }

    /** Reads the files of the kernel under that root. */
    static HealthBuilder addTo(HealthBuilder builder, Path root) {
        Objects.requireNonNull(builder, "builder");
        Cgroup cgroup = new Cgroup(root);
        add(builder, "cpu", new SystemCpu(Levels.warnOnly(CPU_WARN_AT), cgroup::cpu, System::nanoTime));
        add(builder, "memory", new SystemMemory(Levels.warnOnly(MEMORY_WARN_AT), cgroup, root));
        add(builder, "disk", SystemChecks::disk);
        add(builder, "uptime", SystemChecks::uptime);
        return builder;
    }

    private static void add(HealthBuilder builder, String name, HealthCheck check) {
        builder.check(name, check, options -> options.componentType("system").critical(false));
    }

    private static Outcome disk() throws IOException {
        FileStore store = Files.getFileStore(Path.of("").toAbsolutePath());
        long total = store.getTotalSpace();
        if (total <= 0) {
            return Outcome.ok("this file system does not say how large it is");
        }
        Usage usage = new Usage(total - store.getUsableSpace(), total);
        return Levels.warnOnly(DISK_WARN_AT)
                .judge(usage.used() + " of " + total + " bytes of disk are not usable any more", usage);
    }

    private static Outcome uptime() {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0;
        return Outcome.ok().measured("uptime", seconds, "s");
    }
}
