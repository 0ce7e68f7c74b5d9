package dev.vitals.health.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The limits of this process's container, from the kernel's files of cgroup v2, else v1; empty on other systems.
 *
 * <p>Limits of parent groups count, too: of all limits the lowest is taken, together with the use of its group.
 */
public final class Cgroup {
    private static final Path MOUNT = Path.of("sys", "fs", "cgroup");
    private static final Path OWN_GROUPS = Path.of("proc", "self", "cgroup");

    private final Path root;

    /** Reads the files under this root, which is {@code /} except in tests. */
    public Cgroup(Path root) {
        this.root = root;
    }

    /** The number of processors that the group may use, and the nanoseconds it has used since it began. */
    public record Cpu(double processors, long usedNanos) {}

    /** Returns the memory in use, without cached files that can be dropped at once, and its limit; empty without a limit. */
    public Optional<Usage> memory() {
        Optional<Usage> v2 = lowest(
                groups(""),
                Comparator.comparingLong(Usage::max),
                group -> memory(group, "memory.max", "memory.current", "inactive_file"));
        return v2.isPresent()
                ? v2
                : lowest(
                        groups("memory"),
                        Comparator.comparingLong(Usage::max),
                        group ->
                                memory(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));
    }

    /** Returns the CPU time used and allowed; empty without a limit. */
    public Optional<Cpu> cpu() {
        Optional<Cpu> v2 = lowest(groups(""), Comparator.comparingDouble(Cpu::processors), Cgroup::cpuV2);
        return v2.isPresent() ? v2 : lowest(groups("cpu"), Comparator.comparingDouble(Cpu::processors), this::cpuV1);
    }

    private static <T> Optional<T> lowest(List<Path> groups, Comparator<T> order, Function<Path, Optional<T>> limit) {
        return groups.stream().flatMap(group -> limit.apply(group).stream()).min(order);
    }

    private static Optional<Usage> memory(Path group, String maxFile, String currentFile, String inactive) {
        OptionalLong max = number(read(group.resolve(maxFile)));
        OptionalLong current = number(read(group.resolve(currentFile)));
        if (max.isEmpty() || current.isEmpty() || max.getAsLong() <= 0) {
            return Optional.empty();
        }
        long droppable = value(read(group.resolve("memory.stat")), inactive).orElse(0);
        return Optional.of(new Usage(Math.max(0, current.getAsLong() - droppable), max.getAsLong()));
    }

    private static Optional<Cpu> cpuV2(Path group) {
        String[] max = read(group.resolve("cpu.max")).split(" ", 2);
        OptionalLong quota = number(max[0]);
        OptionalLong period = max.length == 2 ? number(max[1]) : OptionalLong.empty();
        OptionalLong micros = value(read(group.resolve("cpu.stat")), "usage_usec");
        return micros.isPresent() ? cpu(quota, period, micros.getAsLong() * 1_000) : Optional.empty();
    }

    private Optional<Cpu> cpuV1(Path group) {
        OptionalLong quota = number(read(group.resolve("cpu.cfs_quota_us")));
        OptionalLong period = number(read(group.resolve("cpu.cfs_period_us")));
        Path inGroup = mount("cpu").relativize(group);
        OptionalLong nanos = number(read(mount("cpuacct").resolve(inGroup).resolve("cpuacct.usage")));
        return nanos.isPresent() ? cpu(quota, period, nanos.getAsLong()) : Optional.empty();
    }

    private static Optional<Cpu> cpu(OptionalLong quota, OptionalLong period, long usedNanos) {
        boolean limited = quota.orElse(-1) > 0 && period.orElse(-1) > 0;
        return limited
                ? Optional.of(new Cpu((double) quota.getAsLong() / period.getAsLong(), usedNanos))
                : Optional.empty();
    }

    /** Returns this process's group and all above it; the controller is empty for v2. */
    private List<Path> groups(String controller) {
        Path mount = mount(controller);
        Path own = read(root.resolve(OWN_GROUPS))
                .lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3
                        && parts[2].startsWith("/")
                        && List.of(parts[1].split(",")).contains(controller))
                .map(parts -> mount.resolve(parts[2].substring(1)).normalize())
                .filter(group -> group.startsWith(mount)) // else it is seen from another container
                .findFirst()
                .orElse(mount);
        return Stream.iterate(own, group -> group != null && group.startsWith(mount), Path::getParent)
                .toList();
    }

    private Path mount(String controller) {
        return root.resolve(MOUNT).resolve(controller).normalize();
    }

    private static OptionalLong value(String lines, String key) {
        return lines.lines()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> number(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** Returns the number; empty for {@code max}, which means no limit. */
    private static OptionalLong number(String text) {
        return text.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return ""; // no such group or controller here
        }
    }
}
