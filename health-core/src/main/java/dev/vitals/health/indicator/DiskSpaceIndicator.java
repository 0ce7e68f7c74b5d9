package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Looks at how much of a file system is free: ERROR below a minimum. Costs one system call. */
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
    public Outcome run() throws IOException {
        FileStore store = Files.getFileStore(path);
        long free = store.getUsableSpace();
        Outcome outcome = free >= minFreeBytes
                ? Outcome.ok()
                : Outcome.error("only " + free + " bytes free, " + minFreeBytes + " are needed");
        return outcome.measured("free", free, "bytes").measured("total", store.getTotalSpace(), "bytes");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
