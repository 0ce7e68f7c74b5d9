package dev.vitals.health;

import dev.vitals.health.internal.Cgroup;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.SystemMemory;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system checks, from values of the kernel and the JVM. */
final class SystemChecks {
    static final UsageThresholds CPU = UsageThresholds.warnOnly(0.95);
    private static final UsageThresholds MEMORY = UsageThresholds.warnOnly(0.95);
    private static final UsageThresholds DISK = UsageThresholds.warnOnly(0.9);

    private SystemChecks() {}

    /** Adds the checks; reads the files of the kernel under that root, which is {@code /} except in tests. */
    static HealthBuilder addTo(HealthBuilder builder, Path root) {
        add(builder, "cpu", new SystemCpu(new Cgroup(root)::cpu, System::nanoTime));
        SystemMemory memory = new SystemMemory(root);
        add(builder, "memory", () -> memory(memory));
        add(builder, "disk", SystemChecks::disk);
        add(builder, "uptime", SystemChecks::uptime);
        return builder;
    }

    private static void add(HealthBuilder builder, String name, HealthCheck check) {
        builder.check(name, check, options -> options.componentType("system").critical(false));
    }

    private static Outcome judge(UsageThresholds thresholds, String seen, double share) {
        return judge(thresholds, seen, share, share);
    }

    /** Judges one share, which may be steadier than the one that is measured. */
    static Outcome judge(UsageThresholds thresholds, String seen, double judged, double measured) {
        String trouble = thresholds.trouble(seen, judged);
        Outcome outcome = trouble == null ? Outcome.ok() : Outcome.warning(trouble);
        return outcome.measured("utilization", UsageThresholds.percent(measured), "percent");
    }

    static Outcome memory(SystemMemory memory) {
        return memory.usage()
                .map(usage -> judge(
                        MEMORY, usage.used() + " of " + usage.max() + " bytes of memory are in use", usage.share()))
                .orElseGet(() -> Outcome.warning("the memory in use is not available: " + Platform.reason()));
    }

    private static Outcome disk() throws IOException {
        FileStore store = Files.getFileStore(Path.of("").toAbsolutePath());
        long total = store.getTotalSpace();
        if (total <= 0) {
            return Outcome.warning("the size of this file system is not available: the system does not report it");
        }
        Usage usage = new Usage(total - store.getUsableSpace(), total);
        return judge(DISK, usage.used() + " of " + total + " bytes of disk are used or reserved", usage.share());
    }

    private static Outcome uptime() {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0;
        return Outcome.ok().measured("uptime", seconds, "s");
    }
}
