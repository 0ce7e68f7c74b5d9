package dev.vitals.health.monitor.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * By what a change of a file is seen without reading it.
 *
 * @param modified its time of change
 * @param size its size in bytes
 * @param settled whether it was already old when it was looked at: the time of change is too coarse to tell two changes
 *     apart that follow each other closely
 */
record FileFingerprint(Instant modified, long size, boolean settled) {
    private static final FileFingerprint NONE = new FileFingerprint(Instant.MIN, -1, false);
    private static final Duration COARSE = Duration.ofSeconds(3);

    /** Returns what the file has now; what is never settled if it cannot be looked at. */
    static FileFingerprint of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant modified = attributes.lastModifiedTime().toInstant();
            // The system's clock, as the file's time is: not the one that tests move.
            return new FileFingerprint(
                    modified, attributes.size(), modified.isBefore(Instant.now().minus(COARSE)));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Returns whether a file with this stamp may have changed since it had the other one. */
    boolean mayDifferFrom(FileFingerprint before) {
        return !before.settled || size != before.size || !modified.equals(before.modified);
    }
}
