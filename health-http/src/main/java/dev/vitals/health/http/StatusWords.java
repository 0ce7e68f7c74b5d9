package dev.vitals.health.http;

import dev.vitals.health.Status;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All words that other systems use for a status; in any case. */
final class StatusWords {
    private static final Map<String, Status> WORDS = Map.ofEntries(
            Map.entry("pass", Status.PASS),
            Map.entry("passing", Status.PASS),
            Map.entry("ok", Status.PASS),
            Map.entry("up", Status.PASS),
            Map.entry("healthy", Status.PASS),
            Map.entry("warn", Status.WARN),
            Map.entry("warning", Status.WARN),
            Map.entry("degraded", Status.WARN),
            Map.entry("fail", Status.FAIL),
            Map.entry("failed", Status.FAIL),
            Map.entry("failing", Status.FAIL),
            Map.entry("error", Status.FAIL),
            Map.entry("down", Status.FAIL),
            Map.entry("critical", Status.FAIL),
            Map.entry("unhealthy", Status.FAIL),
            Map.entry("out_of_service", Status.FAIL),
            Map.entry("unknown", Status.FAIL));

    private StatusWords() {}

    static Optional<Status> parse(String word) {
        return Optional.ofNullable(WORDS.get(word.strip().toLowerCase(Locale.ROOT)));
    }
}
