package dev.vitals.health.monitor.file;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the file stands.
 *
 * @param file its name; null if the monitor has none
 * @param loadedAt when what is in force was loaded; null if nothing is
 * @param targets how many targets are in force
 * @param readAt when the file was read last; null if it never was
 * @param problems what is wrong with the file as it was read last
 */
public record FileStatus(
        @Nullable String file,
        @Nullable Instant loadedAt,
        int targets,
        @Nullable Instant readAt,
        List<FileProblem> problems) {}
