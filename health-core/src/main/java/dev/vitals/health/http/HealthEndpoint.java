package dev.vitals.health.http;

import dev.vitals.health.CheckDefinition;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /_ping}, {@code /_system/check}, {@code /_system/check/NAME}, {@code /_health} and
 * {@code /_health/GROUP}, whatever the server. Thread-safe.
 *
 * <p>An answer is read from memory, and its bytes are made once for each change. Only on-request checks, and requests
 * with {@code Cache-Control: no-cache} or {@code max-age}, make the caller wait for a run, no longer than the timeout of
 * the check.
 */
public final class HealthEndpoint {
    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";

    private final Health health;
    private final String prefix;
    private final PageMaker maker;
    private final PageCache cache = new PageCache();
    private final Page ping = Page.sole(200, Format.TEXT.contentType(), new byte[0]);
    private final Page notAllowed = Problem.notAllowed();

    HealthEndpoint(HealthEndpointBuilder builder) {
        health = builder.health;
        prefix = builder.prefix;
        maker = new PageMaker(health.service(), builder.failureCode, builder.outcomeFailureCode);
    }

    /** Returns an endpoint with the default settings. */
    public static HealthEndpoint of(Health health) {
        return builder(health).build();
    }

    /** Returns a builder for an endpoint over these checks. */
    public static HealthEndpointBuilder builder(Health health) {
        return new HealthEndpointBuilder(Objects.requireNonNull(health, "health"));
    }

    /**
     * Returns the paths that belong to this endpoint, prefix included; each stands for what lies below it too.
     */
    public List<String> paths() {
        return List.of(prefix + "/_ping", prefix + "/_system/check", prefix + "/_health");
    }

    /** Answers a request; never throws for what a client can send. */
    public HealthResponse handle(HealthRequest request) {
        boolean head = request.method().equals("HEAD");
        String path = request.path();
        Route route = path.startsWith(prefix) ? Route.of(path.substring(prefix.length())) : null;
        if (route == null) {
            return refused(Problem.notFound("no health endpoint at " + Require.shown(path)), head);
        }
        if (!head && !request.method().equals("GET")) {
            return refused(notAllowed, false);
        }
        return switch (route.kind()) {
            case PING -> new HealthResponse(200, ping, NO_CACHE, !head);
            case SYSTEM -> system(route, request);
            case CHECK -> check(route, request);
            case HEALTH, GROUP -> report(route, request);
        };
    }

    private HealthResponse system(Route route, HealthRequest request) {
        Format format = Accept.choose(request.header("Accept"), Format.JSON);
        return answer(cache.get(route, format, health, () -> maker.system(format)), NO_CACHE, request);
    }

    private HealthResponse check(Route route, HealthRequest request) {
        CheckResult known = health.check(route.name()).orElse(null);
        if (known == null) {
            return unknown("check", route, request);
        }
        CheckDefinition definition = known.definition();
        boolean renewed = refresh(request, definition.onRequest(), other -> other == definition);
        CheckResult result = renewed ? health.check(route.name()).orElse(known) : known;
        Format format = Query.parse(request.query()).format(Accept.choose(request.header("Accept"), Format.JSON));
        Page page = cache.get(route, format, result, () -> maker.outcome(format, result));
        boolean failed = result.outcome().code() == Outcome.Code.ERROR;
        return answer(page, failed ? NO_STORE : maxAge(page, health.freshFor(result)), request);
    }

    private HealthResponse report(Route route, HealthRequest request) {
        HealthReport known = read(route);
        if (known == null) {
            return unknown("group", route, request);
        }
        Query query = Query.parse(request.query());
        Format format = query.reportFormat(Accept.choose(request.header("Accept"), Format.DRAFT));
        if (format == null) {
            return refused(
                    Problem.badRequest(query.formatRefusal()), request.method().equals("HEAD"));
        }
        boolean renewed = refresh(request, known.onRequest(), member(route));
        HealthReport report = renewed ? Objects.requireNonNullElse(read(route), known) : known;
        if (query.exclude().isEmpty()) {
            Page page = cache.get(route, format, report, () -> maker.report(format, report));
            return answer(page, freshness(page, report), request);
        }
        HealthReport rest = report.without(query.exclude());
        Page page = maker.report(format, rest);
        return answer(page, freshness(page, rest), request);
    }

    private @Nullable HealthReport read(Route route) {
        return route.kind() == Route.Kind.HEALTH
                ? health.report()
                : health.report(route.name()).orElse(null);
    }

    private static Predicate<CheckDefinition> member(Route route) {
        return route.kind() == Route.Kind.HEALTH
                ? definition -> true
                : definition -> definition.groups().contains(route.name());
    }

    /** Brings checks up to date where the request or the checks ask for it; returns whether it did. */
    private boolean refresh(HealthRequest request, boolean onRequest, Predicate<CheckDefinition> which) {
        Duration maxAge = RequestAge.of(request.header("Cache-Control"));
        if (maxAge != null) {
            health.refresh(which, maxAge);
        } else if (onRequest) {
            health.refresh(which);
        }
        return maxAge != null || onRequest;
    }

    private String freshness(Page page, HealthReport report) {
        if (report.status() == Status.FAIL) {
            return NO_STORE;
        }
        // Nothing can grow old in an empty group, but a check may be registered any time.
        return report.checks().isEmpty() ? NO_CACHE : maxAge(page, health.freshFor(report));
    }

    private static String maxAge(Page page, Duration left) {
        return page.maxAge(left.toSeconds());
    }

    private static HealthResponse answer(Page page, String cacheControl, HealthRequest request) {
        if (page.code() == 200 && matches(request.header("If-None-Match"), page.etag())) {
            return new HealthResponse(304, page, cacheControl, false);
        }
        return new HealthResponse(
                page.code(), page, cacheControl, !request.method().equals("HEAD"));
    }

    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(etag));
    }

    private static HealthResponse unknown(String what, Route route, HealthRequest request) {
        Page page = Problem.notFound("no " + what + " named " + Require.shown(route.name()));
        return refused(page, request.method().equals("HEAD"));
    }

    private static HealthResponse refused(Page page, boolean head) {
        return new HealthResponse(page.code(), page, NO_STORE, !head);
    }
}
