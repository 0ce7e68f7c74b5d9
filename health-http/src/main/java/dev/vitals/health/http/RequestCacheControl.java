package dev.vitals.health.http;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads from a request's {@code Cache-Control} how old a result the asker accepts. Pure. */
final class RequestCacheControl {
    private RequestCacheControl() {}

    /** Returns zero for {@code no-cache}, N seconds for {@code max-age=N}, null where nothing is said. */
    static @Nullable Duration of(@Nullable String cacheControl) {
        if (cacheControl == null) {
            return null;
        }
        Duration smallest = null;
        for (String directive : cacheControl.split(",", -1)) {
            Duration age = directive(directive.strip().toLowerCase(Locale.ROOT));
            if (age != null && (smallest == null || age.compareTo(smallest) < 0)) {
                smallest = age;
            }
        }
        return smallest;
    }

    private static @Nullable Duration directive(String directive) {
        if (directive.equals("no-cache")) {
            return Duration.ZERO;
        }
        if (!directive.startsWith("max-age=")) {
            return null;
        }
        try {
            int seconds = Integer.parseInt(directive.substring("max-age=".length()));
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
