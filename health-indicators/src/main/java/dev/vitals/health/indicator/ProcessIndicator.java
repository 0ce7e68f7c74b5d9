package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Checks whether the process of a PID file is alive.
 *
 * <p>The first line of the file must be one positive number, within its first 64 bytes; further lines, as PostgreSQL
 * writes them, are ignored. A missing file, number or process is ERROR, each with its own message; so is a zombie, if the
 * system has {@code /proc}, and a process that began more than a minute after the file was last written: it has the PID of
 * another one that is gone. Data: {@code pid}.
 *
 * <p>A run costs two small reads. It has no timeout: reading from a file system that hangs cannot be stopped.
 */
public final class ProcessIndicator implements HealthCheck {
    private static final int MAX_FILE_BYTES = 64;
    private static final int MAX_STAT_BYTES = 4_096;
    // Two clocks tell the two times: that of the system since it booted, and the wall clock, which may have been
    // corrected.
    private static final Duration TOLERANCE = Duration.ofMinutes(1);
    private static final Pattern PID = Pattern.compile("[0-9]{1,18}");

    private final Path pidFile;

    private ProcessIndicator(Path pidFile) {
        this.pidFile = pidFile;
    }

    /** Returns a check of the process of this file, which need not exist yet and is read at each run. */
    public static ProcessIndicator of(Path pidFile) {
        return new ProcessIndicator(Objects.requireNonNull(pidFile, "pidFile"));
    }

    @Override
    public Outcome run() {
        if (Files.notExists(pidFile)) {
            return Outcome.error("no such PID file: " + pidFile);
        }
        // Opening a named pipe would block.
        if (!Files.isRegularFile(pidFile)) {
            return Outcome.error("PID file " + pidFile + " is not a readable regular file");
        }
        String text;
        try {
            text = read(pidFile, MAX_FILE_BYTES + 1);
        } catch (IOException e) {
            return Outcome.error("cannot read PID file " + pidFile + ": " + FailureReason.of(e));
        }
        OptionalLong pid = parse(text);
        return pid.isPresent()
                ? look(pid.getAsLong()).with("pid", pid.getAsLong())
                : Outcome.error("PID file " + pidFile + " begins with " + Require.shown(firstLine(text))
                        + ", expected one positive number in at most " + MAX_FILE_BYTES + " bytes");
    }

    private Outcome look(long pid) {
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return Outcome.error("process " + pid + " of " + pidFile + " is not alive");
        }
        if (beganLater(pid)) {
            return Outcome.error("process " + pid + " is another one: it began after " + pidFile + " was written");
        }
        return isZombie(pid)
                ? Outcome.error("process " + pid + " of " + pidFile + " is not alive: it is a zombie")
                : Outcome.ok();
    }

    // Where the system does not tell when the process began, it is taken for the right one.
    private boolean beganLater(long pid) {
        Optional<Instant> began =
                ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
        try {
            Instant written = Files.getLastModifiedTime(pidFile).toInstant();
            return began.isPresent() && began.get().isAfter(written.plus(TOLERANCE));
        } catch (IOException e) {
            return false; // the file has just gone: the next run says so
        }
    }

    private static OptionalLong parse(String text) {
        String number = firstLine(text);
        boolean cut = text.length() > MAX_FILE_BYTES && text.strip().indexOf('\n') < 0;
        if (cut || !PID.matcher(number).matches()) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(number);
        return pid > 0 ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("").strip();
    }

    private static boolean isZombie(long pid) {
        try {
            // "42 (name) Z 1 ...", where the name may hold brackets too.
            String stat = read(Path.of("/proc", Long.toString(pid), "stat"), MAX_STAT_BYTES);
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false; // without /proc, or if the process has just ended, ProcessHandle alone decides
        }
    }

    private static String read(Path file, int maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(maxBytes), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
