package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks whether a file was modified recently, such as the heartbeat file of a job: ERROR if not.
 *
 * <p>A missing file is ERROR; so is a file dated further in the future than the maximum age, which would otherwise pass
 * for that long. Measures {@code age} in s. A run costs one system call. It has no timeout: a call to a file system that
 * hangs cannot be stopped.
 */
public final class FileAgeIndicator implements HealthCheck {
    private static final Duration MIN_AGE = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofDays(3650);

    private final Path file;
    private final Duration maxAge;

    private FileAgeIndicator(Path file, Duration maxAge) {
        this.file = file;
        this.maxAge = maxAge;
    }

    /**
     * Returns a check of this file.
     *
     * @param file a file or directory, which need not exist yet; looked up at each run
     * @param maxAge the time since the last modification that is allowed; from 1 s to 3650 days
     * @throws IllegalArgumentException if the age is out of its bounds
     */
    public static FileAgeIndicator of(Path file, Duration maxAge) {
        Objects.requireNonNull(file, "file");
        return new FileAgeIndicator(file, Require.range("maxAge", maxAge, MIN_AGE, MAX_AGE));
    }

    @Override
    public Outcome run() {
        try {
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            Duration age = Duration.between(modified, Instant.now());
            return judge(age).measured("age", age.toMillis() / 1_000.0, "s");
        } catch (NoSuchFileException e) {
            return Outcome.error("no such file: " + file);
        } catch (IOException e) {
            return Outcome.error("cannot read the time of " + file + ": " + FailureReason.of(e));
        }
    }

    private Outcome judge(Duration age) {
        if (age.abs().compareTo(maxAge) <= 0) {
            return Outcome.ok();
        }
        return Outcome.error(
                age.isNegative()
                        ? file + " is dated " + age.abs().toSeconds() + " s in the future"
                        : file + " was modified " + age.toSeconds() + " s ago, at most " + maxAge.toSeconds()
                                + " s are allowed");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
