package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks how many inodes of a file system are used: WARNING from 90 %, ERROR from 95 %. A disk without free inodes
 * takes no new file, however much space is left.
 *
 * <p>Neither Java nor {@code /proc} has the number, so a run costs one process, {@code stat -f}, without a shell: choose
 * a long interval, such as 1 min. Linux only. Elsewhere, and without the command, the outcome is WARNING, "not available". A
 * file system without a fixed number of inodes, such as Btrfs, has no limit to reach: OK with a message. A path that does not exist is ERROR; so is a command that
 * does not end within the timeout.
 *
 * <p>Measures {@code utilization} in percent, {@code free} and {@code total} in inodes.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class InodesIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.of(0.9, 0.95);

    private static final Pattern FREE_AND_TOTAL = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");

    private final Path path;
    private final UsageThresholds thresholds;
    private final Duration timeout;
    private final List<String> command;

    InodesIndicator(Path path, UsageThresholds thresholds, Duration timeout, List<String> command) {
        this.path = path;
        this.thresholds = thresholds;
        this.timeout = timeout;
        this.command = command;
    }

    /** Returns a check of the file system that holds the path, a file or directory that is looked up at each run. */
    public static InodesIndicator of(Path path) {
        Path absolute = Objects.requireNonNull(path, "path").toAbsolutePath();
        List<String> stat = List.of("stat", "-f", "-c", "%d %c", absolute.toString());
        return new InodesIndicator(path, DEFAULT, Deadline.DEFAULT_TIMEOUT, stat);
    }

    /**
     * Returns a copy with other limits; default 0.9 and 0.95.
     *
     * @param warnAt share of all inodes from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share of all inodes from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public InodesIndicator limits(double warnAt, double failAt) {
        return new InodesIndicator(path, UsageThresholds.of(warnAt, failAt), timeout, command);
    }

    /**
     * Returns a copy that allows the command this long; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public InodesIndicator timeout(Duration timeout) {
        return new InodesIndicator(path, thresholds, Deadline.requireTimeout(timeout), command);
    }

    @Override
    public Outcome run() throws InterruptedException {
        if (Files.notExists(path)) {
            return Outcome.error("no such path: " + path);
        }
        Deadline deadline = Deadline.in(timeout);
        try (ChildProcess stat = ChildProcess.start(command, null, false)) {
            return stat.waitUntil(deadline)
                    ? judge(stat.output())
                    : Outcome.error("counting the inodes at " + path + " did not end " + deadline);
        } catch (IOException e) {
            return unknown();
        }
    }

    private Outcome judge(String output) {
        Matcher numbers = FREE_AND_TOTAL.matcher(output);
        if (!numbers.matches()) {
            return unknown();
        }
        if (Long.parseLong(numbers.group(2)) == 0) {
            return Outcome.ok("the file system at " + path + " has no fixed number of inodes");
        }
        long free = Long.parseLong(numbers.group(1));
        long total = Long.parseLong(numbers.group(2));
        Usage usage = new Usage(total - free, total);
        return Utilization.judge(thresholds, usage.used() + " of " + total + " inodes used at " + path, usage)
                .measured("free", free, "inodes")
                .measured("total", total, "inodes");
    }

    private Outcome unknown() {
        return Utilization.notAvailable("the number of inodes at " + path, "it needs the command stat of Linux");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
