package dev.vitals.health.http;

import dev.vitals.health.CheckDefinition;
import dev.vitals.health.http.internal.RequestParts;
import dev.vitals.health.internal.Require;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request, parsed once: the resource it asks for, its parameters, and how old a result may be. Immutable.
 *
 * @param name the check or group in the path; empty for other resources
 * @param parameters the query without {@code exclude}; unknown parameters are kept and ignored, since caches and probers
 *     add their own
 * @param exclude the names of the checks to leave out
 * @param maxAge the age that the client accepts, zero for {@code no-cache}; null if the request does not limit it
 */
record ParsedRequest(
        HealthRequest request,
        Resource resource,
        String name,
        Map<String, String> parameters,
        Set<String> exclude,
        @Nullable Duration maxAge) {
    private static final String CHECK_PREFIX = "/_system/check/";
    private static final String GROUP_PREFIX = "/_health/";
    private static final Set<String> FORMATS = Set.of("components", "microprofile", "text");

    /** The resource that a path names. */
    enum Resource {
        PING,
        SYSTEM,
        CHECK,
        DRAIN,
        HEALTH,
        GROUP,
        NONE
    }

    /** Parses a request; paths count from the end of the prefix. {@link RequestParts} has the rule for their spelling. */
    static ParsedRequest of(HealthRequest request, String prefix) {
        String whole = RequestParts.canonical(request.path());
        String path = whole.startsWith(prefix) ? whole.substring(prefix.length()) : "";
        Resource resource = resource(path);
        String name = switch (resource) {
            case CHECK -> path.substring(CHECK_PREFIX.length());
            case GROUP -> path.substring(GROUP_PREFIX.length());
            default -> "";
        };
        Duration maxAge = resource == Resource.PING ? null : maxAge(request.header("Cache-Control"));
        String query = request.query();
        if (query == null || query.isEmpty()) {
            return new ParsedRequest(request, resource, name, Map.of(), Set.of(), maxAge);
        }
        Map<String, String> parameters = new HashMap<>();
        Set<String> exclude = new LinkedHashSet<>();
        parseQuery(query, parameters, exclude);
        return new ParsedRequest(request, resource, name, parameters, exclude, maxAge);
    }

    private static Resource resource(String path) {
        return switch (path) {
            case "/_ping" -> Resource.PING;
            case "/_system/check" -> Resource.SYSTEM;
            case "/_system/drain" -> Resource.DRAIN;
            case "/_health" -> Resource.HEALTH;
            default -> {
                if (path.startsWith(CHECK_PREFIX)) {
                    yield Resource.CHECK;
                }
                yield path.startsWith(GROUP_PREFIX) ? Resource.GROUP : Resource.NONE;
            }
        };
    }

    private static void parseQuery(String query, Map<String, String> parameters, Set<String> exclude) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.equals("exclude")) {
                exclude.addAll(List.of(value.split(",", -1)));
            } else {
                parameters.put(name, value);
            }
        }
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }

    /** Returns zero for {@code no-cache}, N seconds for {@code max-age=N}, the smaller of both, null for neither. */
    static @Nullable Duration maxAge(@Nullable String cacheControl) {
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

    boolean isHead() {
        return request.method().equals("HEAD");
    }

    boolean isGetOrHead() {
        return request.method().equals("GET") || isHead();
    }

    /** Returns whether the answer shows that check. */
    boolean covers(CheckDefinition definition) {
        return switch (resource) {
            case CHECK -> definition.name().equals(name);
            case HEALTH -> !exclude.contains(definition.name());
            case GROUP -> definition.groups().contains(name) && !exclude.contains(definition.name());
            default -> false;
        };
    }

    /**
     * Returns the relative reference from a report's path to the folder of the groups, such as {@code _health/}; empty if the
     * path is in it. Relative, since only the client knows the prefix that proxies and contexts add.
     */
    String linkToGroups() {
        int slashes = RequestParts.slashesAtEnd(request.path()).length();
        if (resource == Resource.GROUP) {
            return "../".repeat(slashes);
        }
        return slashes == 0 ? "_health/" : "../".repeat(slashes - 1);
    }

    /** Returns a parameter of the query, decoded; empty if it is absent. */
    String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /**
     * Returns the format of an outcome: the parameters {@code format=text} and {@code verbose} ask for text, the latter unless
     * the {@code Accept} header names a JSON format; otherwise the header decides.
     */
    Format outcomeFormat(Accept accept) {
        String header = request.header("Accept");
        String verbose = parameters.get("verbose");
        boolean wantsLines = verbose != null && !verbose.equals("false") && !verbose.equals("0");
        if (parameter("format").equals("text")) {
            return wantsLines ? Format.VERBOSE : Format.TEXT;
        }
        Format negotiated = accept.choose(header);
        boolean namesJson = negotiated != Format.TEXT && header != null && header.contains("json");
        return wantsLines && !namesJson ? Format.VERBOSE : negotiated;
    }

    /** Returns the format of a report: the parameter {@code format} takes precedence over {@code Accept}. */
    Format reportFormat(Accept accept) {
        return switch (parameter("format")) {
            case "components" -> Format.COMPONENTS;
            case "microprofile" -> Format.MICROPROFILE;
            default -> outcomeFormat(accept);
        };
    }

    /** Returns why the parameter {@code format} is refused; null if it is absent or known. */
    @Nullable
    String formatError() {
        String named = parameters.get("format");
        return named == null || FORMATS.contains(named)
                ? null
                : "format must be components, microprofile or text, was " + Require.shown(named);
    }
}
