package dev.vitals.health.http;

import dev.vitals.health.CheckDefinition;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Drain;
import dev.vitals.health.Health;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.engine.HealthView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private static final String READY = "ready";

    private final Health health;
    private final HealthView view;
    private final String prefix;
    private final @Nullable Predicate<HealthRequest> mayDrain;
    private final DetailPolicy audience;
    private final BodyCache pages;
    private final Accept outcomeFormat = new Accept(Format.JSON);
    private final Accept reportFormat = new Accept(Format.DRAFT);
    private final CachedBody ping = CachedBody.sole(200, Format.TEXT.contentType(), new byte[0]);
    private final CachedBody notAllowed = Problem.notAllowed("GET, HEAD");

    HealthEndpoint(HealthEndpointBuilder builder) {
        health = builder.health;
        view = HealthView.of(health);
        prefix = builder.prefix;
        mayDrain = builder.mayDrain;
        audience = new DetailPolicy(builder);
        pages = new BodyCache(health.service(), builder.outcomeFailureCode, audience::failureCode);
    }

    /** Returns an endpoint with the default settings. */
    public static HealthEndpoint of(Health health) {
        return builder(health).build();
    }

    /** Returns a builder for an endpoint over these checks. */
    public static HealthEndpointBuilder builder(Health health) {
        return new HealthEndpointBuilder(Objects.requireNonNull(health, "health"));
    }

    /** Returns the paths that belong to this endpoint, prefix included, the busiest first; each stands for what lies below it too. */
    public List<String> paths() {
        List<String> paths =
                new ArrayList<>(List.of(prefix + "/_health", prefix + "/_ping", prefix + "/_system/check"));
        if (mayDrain != null) {
            paths.add(prefix + "/_system/drain");
        }
        return List.copyOf(paths);
    }

    /** Answers a request; never throws for what a client can send. */
    public HealthResponse handle(HealthRequest request) {
        HealthResponse atOnce = fromMemory(request, false);
        if (atOnce != null) {
            return atOnce;
        }
        Duration maxAge = maxAge(request);
        if (maxAge != null) {
            health.refresh(asked(request), maxAge);
        } else {
            health.refresh(asked(request));
        }
        return renewed(request);
    }

    /**
     * Answers a request without making the caller wait, as an event loop needs it: the result is complete on return
     * unless a run has to be waited for. Completes exceptionally only if a predicate of yours throws.
     *
     * @param executor where the answer is made if there was a wait
     */
    public CompletableFuture<HealthResponse> handleAsync(HealthRequest request, Executor executor) {
        try {
            HealthResponse atOnce = fromMemory(request, false);
            if (atOnce != null) {
                return CompletableFuture.completedFuture(atOnce);
            }
            Duration maxAge = maxAge(request);
            CompletableFuture<Void> refreshed =
                    maxAge != null ? view.refreshAsync(asked(request), maxAge) : view.refreshAsync(asked(request));
            return refreshed.thenApplyAsync(done -> renewed(request), executor);
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private HealthResponse renewed(HealthRequest request) {
        return Objects.requireNonNull(fromMemory(request, true), "nothing to wait for any more");
    }

    private @Nullable Route route(String path) {
        return path.startsWith(prefix) ? Route.of(path.substring(prefix.length())) : null;
    }

    /** Answers from memory; null if checks have to run for that request, and have not been renewed for it. */
    private @Nullable HealthResponse fromMemory(HealthRequest request, boolean renewed) {
        Route route = route(request.path());
        if (route == null || (route.kind() == Route.Kind.DRAIN && mayDrain == null)) {
            return plain(Problem.notFound("no health endpoint at " + Require.shown(request.path())), request);
        }
        if (route.kind() == Route.Kind.DRAIN) {
            return drain(request);
        }
        if (!isHead(request) && !request.method().equals("GET")) {
            return plain(notAllowed, request);
        }
        return switch (route.kind()) {
            case PING -> HealthResponse.of(ping, NO_CACHE, isHead(request));
            case CHECK -> check(route, request, renewed);
            case HEALTH, GROUP -> report(route, request, renewed);
            default -> system(request);
        };
    }

    private HealthResponse drain(HealthRequest request) {
        boolean allowed = mayDrain != null && mayDrain.test(request);
        return plain(
                allowed ? DrainRoute.answer(health, request) : Problem.forbidden("draining is not for everybody"),
                request);
    }

    private HealthResponse system(HealthRequest request) {
        Format format = outcomeFormat.choose(request.header("Accept"));
        return answer(pages.system(format), NO_CACHE, request);
    }

    private @Nullable HealthResponse check(Route route, HealthRequest request, boolean renewed) {
        CheckResult result = health.check(route.name()).orElse(null);
        if (result == null) {
            return plain(Problem.notFound("no check named " + Require.shown(route.name())), request);
        }
        if (!renewed && wantsRenewal(request, result.definition().onRequest())) {
            return null;
        }
        Format format = Query.parse(request.query()).format(outcomeFormat.choose(request.header("Accept")));
        boolean details = audience.mayHaveDetails(request, route.name());
        CachedBody page = pages.outcome(format, result, details);
        boolean failed = result.outcome().code() == Outcome.Code.ERROR;
        return answer(page, failed || details ? NO_STORE : maxAge(page, view.freshFor(result)), request);
    }

    private @Nullable HealthResponse report(Route route, HealthRequest request, boolean renewed) {
        HealthReport whole = read(route);
        if (whole == null) {
            return plain(Problem.notFound("no group named " + Require.shown(route.name())), request);
        }
        Query query = Query.parse(request.query());
        Format format = query.reportFormat(reportFormat.choose(request.header("Accept")));
        if (format == null) {
            return plain(Problem.badRequest(query.formatRefusal()), request);
        }
        if (!renewed && wantsRenewal(request, whole.onRequest())) {
            return null;
        }
        HealthReport report = query.exclude().isEmpty() ? whole : whole.without(query.exclude());
        boolean details = audience.mayHaveDetails(request, route.name());
        return answer(pages.report(format, report, details), report, details, request);
    }

    private @Nullable HealthReport read(Route route) {
        return route.kind() == Route.Kind.HEALTH
                ? health.report()
                : health.report(route.name()).orElse(null);
    }

    private static boolean wantsRenewal(HealthRequest request, boolean onRequest) {
        return onRequest || maxAge(request) != null;
    }

    private static @Nullable Duration maxAge(HealthRequest request) {
        return RequestCacheControl.of(request.header("Cache-Control"));
    }

    /** Returns which checks the request is about. */
    private Predicate<CheckDefinition> asked(HealthRequest request) {
        Route route = Objects.requireNonNull(route(request.path()));
        return switch (route.kind()) {
            case CHECK -> definition -> definition.name().equals(route.name());
            case GROUP -> definition -> definition.groups().contains(route.name());
            default -> definition -> true;
        };
    }

    private HealthResponse answer(CachedBody page, HealthReport report, boolean details, HealthRequest request) {
        if (report.status() != Status.FAIL) {
            return answer(page, details ? NO_STORE : freshness(page, report), request);
        }
        if (report.group().filter(READY::equals).isPresent()) {
            view.answeredNotReady();
        }
        Drain drain = report.drain().orElse(null);
        if (drain == null) {
            return plain(page, request);
        }
        long seconds = Math.max(1, view.left(drain).toSeconds());
        return HealthResponse.retryAfter(seconds, page, NO_STORE, isHead(request));
    }

    private String freshness(CachedBody page, HealthReport report) {
        // Nothing can grow old in an empty group, but a check may be registered any time.
        return report.checks().isEmpty() ? NO_CACHE : maxAge(page, view.freshFor(report));
    }

    private static String maxAge(CachedBody page, Duration left) {
        return page.maxAge(left.toSeconds());
    }

    private static HealthResponse answer(CachedBody page, String cacheControl, HealthRequest request) {
        if (page.code() == 200 && matches(request.header("If-None-Match"), page.etag())) {
            return HealthResponse.notModified(page, cacheControl);
        }
        return HealthResponse.of(page, cacheControl, isHead(request));
    }

    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(etag));
    }

    /** Returns the answer to a request that its transport does not let through. */
    static HealthResponse unauthorized(HealthRequest request) {
        return plain(Problem.unauthorized(), request);
    }

    private static HealthResponse plain(CachedBody page, HealthRequest request) {
        return HealthResponse.of(page, NO_STORE, isHead(request));
    }

    private static boolean isHead(HealthRequest request) {
        return request.method().equals("HEAD");
    }
}
