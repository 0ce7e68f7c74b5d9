package dev.vitals.health.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory in use, of the container's limit; of the machine's memory if there is no limit below it. */
public final class SystemMemory {
    private static final Path MEMINFO = Path.of("proc", "meminfo");

    private final Cgroup cgroup;
    private final Path root;

    /** Reads the files of the kernel under this root, which is {@code /} except in tests. */
    public SystemMemory(Path root) {
        this.cgroup = new Cgroup(root);
        this.root = root;
    }

    /** Returns the bytes in use; empty if they are not available. */
    public Optional<Usage> usage() {
        Optional<Usage> machine = machine();
        long total = machine.map(Usage::max).orElse(Long.MAX_VALUE);
        return cgroup.memory().filter(usage -> usage.max() < total).or(() -> machine);
    }

    private Optional<Usage> machine() {
        String info = meminfo();
        OptionalLong total = bytes(info, "MemTotal");
        OptionalLong available = bytes(info, "MemAvailable");
        return total.orElse(0) > 0 && available.isPresent()
                ? Optional.of(new Usage(total.getAsLong() - available.getAsLong(), total.getAsLong()))
                : Platform.memory();
    }

    private String meminfo() {
        try {
            return Files.readString(root.resolve(MEMINFO), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return ""; // not Linux
        }
    }

    private static OptionalLong bytes(String info, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ": +([0-9]{1,15}) kB$").matcher(info);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * 1_024) : OptionalLong.empty();
    }
}
