package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory in use of what the container may use; without a limit, or with one above it, of the machine's. */
final class SystemMemory implements HealthCheck {
    private static final Path MEMINFO = Path.of("proc", "meminfo");

    private final Levels levels;
    private final Cgroup cgroup;
    private final Path root;

    SystemMemory(Levels levels, Cgroup cgroup, Path root) {
        this.levels = levels;
        this.cgroup = cgroup;
        this.root = root;
    }

    @Override
    public Outcome run() {
        Optional<Usage> machine = machine();
        long most = machine.map(Usage::max).orElse(Long.MAX_VALUE);
        Optional<Usage> container = cgroup.memory().filter(usage -> usage.max() < most);
        return container.or(() -> machine).map(this::judge).orElseGet(() -> Outcome.ok("memory cannot be told here"));
    }

    private Outcome judge(Usage usage) {
        return levels.judge(usage.used() + " of " + usage.max() + " bytes of memory are in use", usage);
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
