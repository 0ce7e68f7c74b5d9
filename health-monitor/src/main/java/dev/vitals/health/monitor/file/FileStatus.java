package dev.vitals.health.monitor.file;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of the services file.
 *
 * @param file its path; null if the monitor has no file
 * @param loadedAt when the content in force was loaded; null if none is
 * @param targets the number of targets in force
 * @param readAt when the file was last read; null if never
 * @param problems the problems of the file when it was last read
 */
public record FileStatus(
        @Nullable String file,
        @Nullable Instant loadedAt,
        int targets,
        @Nullable Instant readAt,
        List<FileProblem> problems) {}
