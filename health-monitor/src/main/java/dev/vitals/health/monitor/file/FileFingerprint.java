package dev.vitals.health.monitor.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows whether a file has changed, without reading it.
 *
 * @param modified its time of modification
 * @param size its size in bytes
 * @param settled whether the file was older than some seconds when this was taken; if not, a later change may have the
 *     same time of modification, which is coarse
 */
record FileFingerprint(Instant modified, long size, boolean settled) {
    private static final FileFingerprint NONE = new FileFingerprint(Instant.MIN, -1, false);
    private static final Duration COARSE = Duration.ofSeconds(3);

    /** Returns the fingerprint of the file now; never settled if the file cannot be accessed. */
    static FileFingerprint of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant modified = attributes.lastModifiedTime().toInstant();
            // The system's clock, because the file's time comes from it; tests move another clock.
            return new FileFingerprint(
                    modified, attributes.size(), modified.isBefore(Instant.now().minus(COARSE)));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Returns whether the file may have changed since the other fingerprint was taken. */
    boolean mayDifferFrom(FileFingerprint before) {
        return !before.settled || size != before.size || !modified.equals(before.modified);
    }
}
