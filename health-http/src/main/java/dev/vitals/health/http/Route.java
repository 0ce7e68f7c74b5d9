package dev.vitals.health.http;

import org.jspecify.annotations.Nullable;

/** What a path asks for. */
record Route(Kind kind, String name) {
    enum Kind {
        PING,
        SYSTEM,
        CHECK,
        DRAIN,
        HEALTH,
        GROUP
    }

    private static final Route PING = new Route(Kind.PING, "");
    private static final Route SYSTEM = new Route(Kind.SYSTEM, "");
    private static final Route DRAIN = new Route(Kind.DRAIN, "");
    private static final Route HEALTH = new Route(Kind.HEALTH, "");
    private static final String CHECK_PREFIX = "/_system/check/";
    private static final String GROUP_PREFIX = "/_health/";

    /** Returns what the path, which begins after the prefix, asks for; null if it is none of ours. */
    static @Nullable Route of(String path) {
        return switch (path) {
            case "/_ping", "/_ping/" -> PING;
            case "/_system/check", "/_system/check/" -> SYSTEM;
            case "/_system/drain" -> DRAIN;
            case "/_health", "/_health/" -> HEALTH;
            default -> named(path);
        };
    }

    private static @Nullable Route named(String path) {
        if (path.startsWith(CHECK_PREFIX)) {
            return new Route(Kind.CHECK, path.substring(CHECK_PREFIX.length()));
        }
        if (path.startsWith(GROUP_PREFIX)) {
            return new Route(Kind.GROUP, path.substring(GROUP_PREFIX.length()));
        }
        return null;
    }
}
