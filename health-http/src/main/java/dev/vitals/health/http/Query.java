package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a query that mean something here; the rest is passed over, as caches and probers add their own. */
record Query(Map<String, String> values, Set<String> exclude) {
    private static final Query NONE = new Query(Map.of(), Set.of());

    static Query parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        Set<String> exclude = new LinkedHashSet<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.equals("exclude")) {
                exclude.addAll(List.of(value.split(",", -1)));
            } else {
                values.put(name, value);
            }
        }
        return new Query(values, exclude);
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
        String verbose = values.get("verbose");
        boolean wanted = verbose != null && !verbose.equals("false") && !verbose.equals("0");
        return negotiated == Format.TEXT && wanted ? Format.VERBOSE : negotiated;
    }

    /** Returns the format of a report, in which {@code format} goes before the negotiated one; null if it is unknown. */
    @Nullable
    Format reportFormat(Format negotiated) {
        String named = values.get("format");
        if (named == null) {
            return format(negotiated);
        }
        return switch (named) {
            case "components" -> Format.COMPONENTS;
            case "microprofile" -> Format.MICROPROFILE;
            default -> null;
        };
    }

    String formatRefusal() {
        return "format must be components or microprofile, was " + Require.shown(values.getOrDefault("format", ""));
    }

    String reason() {
        return values.getOrDefault("reason", "");
    }

    String by() {
        return values.getOrDefault("by", "");
    }

    String seconds() {
        return values.getOrDefault("seconds", "");
    }
}
