package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks how much of a file system is free: ERROR below a minimum.
 *
 * <p>Measures {@code free}, what this process may still write, and {@code total}, both in bytes. A path that does not
 * exist is ERROR. A run costs a few system calls. It has no timeout: a call to a file system that hangs, such as a lost
 * network mount, cannot be stopped and holds its thread. Do not put it into the group {@code live}, since a restart does
 * not empty a disk.
 */
public final class DiskSpaceIndicator implements HealthCheck {
    private final Path path;
    private final long minFreeBytes;

    private DiskSpaceIndicator(Path path, long minFreeBytes) {
        this.path = path;
        this.minFreeBytes = minFreeBytes;
    }

    /**
     * Returns a check of the file system that holds the path.
     *
     * @param path a file or directory; looked up at each run
     * @param minFreeBytes usable bytes below which the outcome is ERROR; from 1
     * @throws IllegalArgumentException if the minimum is below 1
     */
    public static DiskSpaceIndicator of(Path path, long minFreeBytes) {
        Objects.requireNonNull(path, "path");
        if (minFreeBytes < 1) {
            throw new IllegalArgumentException("minFreeBytes must be at least 1, was " + minFreeBytes);
        }
        return new DiskSpaceIndicator(path, minFreeBytes);
    }

    @Override
    public Outcome run() {
        try {
            FileStore store = Files.getFileStore(path);
            long free = store.getUsableSpace();
            Outcome outcome = free >= minFreeBytes
                    ? Outcome.ok()
                    : Outcome.error("only " + free + " bytes free at " + path + ", " + minFreeBytes + " are needed");
            return outcome.measured("free", free, "bytes").measured("total", store.getTotalSpace(), "bytes");
        } catch (NoSuchFileException e) {
            return Outcome.error("no such path: " + path);
        } catch (IOException e) {
            return Outcome.error("cannot read the file system of " + path + ": " + FailureReason.of(e));
        }
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
