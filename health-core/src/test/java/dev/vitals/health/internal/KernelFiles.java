package dev.vitals.health.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of {@code /proc} and {@code /sys} as the kernel shows them, under a root of the test. */
public final class KernelFiles {
    private final Path root;

    public KernelFiles(Path root) {
        this.root = root;
    }

    public void memoryV2(String group, String max, String current, String stat) throws IOException {
        String directory = "sys/fs/cgroup/" + group + "/memory.";
        write(directory + "max", max);
        write(directory + "current", current);
        write(directory + "stat", "anon 1\n" + stat);
    }

    public void cpuV2(String group, String max, long usedMicros) throws IOException {
        String directory = "sys/fs/cgroup/" + group + "/cpu.";
        write(directory + "max", max);
        write(directory + "stat", "usage_usec " + usedMicros + "\nuser_usec 1\nsystem_usec 1");
    }

    public void memoryV1(String group, String limit, String usage, String stat) throws IOException {
        String directory = "sys/fs/cgroup/memory/" + group + "/memory.";
        write(directory + "limit_in_bytes", limit);
        write(directory + "usage_in_bytes", usage);
        write(directory + "stat", "cache 1\n" + stat);
    }

    public void cpuV1(String group, String quota, String period, String usage) throws IOException {
        write("sys/fs/cgroup/cpu/" + group + "/cpu.cfs_quota_us", quota);
        write("sys/fs/cgroup/cpu/" + group + "/cpu.cfs_period_us", period);
        write("sys/fs/cgroup/cpuacct/" + group + "/cpuacct.usage", usage);
    }

    public void meminfo(long totalKb, long availableKb) throws IOException {
        write(
                "proc/meminfo",
                "MemTotal:       " + totalKb + " kB\nMemFree:          1 kB\nMemAvailable:   " + availableKb + " kB");
    }

    public void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content + "\n");
    }
}
