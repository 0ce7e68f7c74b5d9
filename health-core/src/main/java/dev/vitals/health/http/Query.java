package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a query that mean something here; the rest is passed over, as caches and probers add their own. */
record Query(@Nullable String format, boolean verbose, Set<String> exclude) {
    private static final Query NONE = new Query(null, false, Set.of());

    static Query parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        String format = null;
        boolean verbose = false;
        Set<String> exclude = new LinkedHashSet<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            switch (name) {
                case "format" -> format = value;
                case "verbose" -> verbose = !value.equals("false") && !value.equals("0");
                case "exclude" -> exclude.addAll(List.of(value.split(",", -1)));
                default -> {
                    // not ours
                }
            }
        }
        return new Query(format, verbose, exclude);
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }

    /** Returns the negotiated format, or its verbose variant where that was asked for. */
    Format format(Format negotiated) {
        return negotiated == Format.TEXT && verbose ? Format.VERBOSE : negotiated;
    }

    /** Returns the format of a report, in which {@code format} goes before the negotiated one; null if it is unknown. */
    @Nullable
    Format reportFormat(Format negotiated) {
        if (format == null) {
            return format(negotiated);
        }
        return switch (format) {
            case "components" -> Format.COMPONENTS;
            case "microprofile" -> Format.MICROPROFILE;
            default -> null;
        };
    }

    String formatRefusal() {
        return "format must be components or microprofile, was " + Require.shown(String.valueOf(format));
    }
}
