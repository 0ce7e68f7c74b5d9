package dev.vitals.health.http;

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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /_ping}, {@code /_system/check}, {@code /_system/check/NAME}, {@code /_health} and
 * {@code /_health/GROUP}, independent of the server. Thread-safe.
 *
 * <p>An answer comes from memory, and its bytes are made once for each change. A caller waits only for on-request checks
 * and for requests with {@code Cache-Control: no-cache} or {@code max-age}, and no longer than the timeout of the check; see
 * {@link HealthEndpointBuilder#mayWait}.
 */
public final class HealthEndpoint {
    private static final Logger log = LoggerFactory.getLogger(HealthEndpoint.class);
    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";

    private final Health health;
    private final HealthView view;
    private final String prefix;
    private final @Nullable Predicate<HealthRequest> mayDrain;
    private final Waiters waiters;
    private final DetailPolicy policy;
    private final BodyCache bodies;
    private final Accept outcomeAccept = new Accept(Format.JSON);
    private final Accept reportAccept;
    private final HtmlPage page;
    private final CachedBody ping = CachedBody.fixed(200, Format.TEXT.contentType(), new byte[0]);
    private final CachedBody notAllowed = Problem.notAllowed("GET, HEAD");

    /** The results that a request asks for, as they are in memory; both null if nothing has that name. */
    private record Found(
            @Nullable CheckResult result, @Nullable HealthReport report) {
        static final Found NOTHING = new Found(null, null);

        /** Returns whether an on-request check has no result that counts. */
        boolean lacksResult() {
            List<CheckResult> results = report != null ? report.checks() : result != null ? List.of(result) : List.of();
            return results.stream()
                    .filter(one -> one.definition().onRequest())
                    .anyMatch(one -> one.stale() || one.time().isEmpty());
        }

        boolean runsOnRequest() {
            return report != null
                    ? report.onRequest()
                    : result != null && result.definition().onRequest();
        }
    }

    /** Decides who sees details. */
    private record DetailPolicy(
            Map<String, GroupOptions> groups, DetailVisibility details, Predicate<HealthRequest> authorized) {
        boolean showsDetails(ParsedRequest parsed) {
            GroupOptions options = groups.get(parsed.name());
            DetailVisibility inForce = options == null || options.details == null ? details : options.details;
            return inForce == DetailVisibility.ALWAYS
                    || (inForce == DetailVisibility.AUTHORIZED && authorized.test(parsed.request()));
        }
    }

    HealthEndpoint(HealthEndpointBuilder builder) {
        health = builder.health;
        view = HealthView.of(health);
        prefix = builder.prefix;
        mayDrain = builder.mayDrain;
        waiters = new Waiters(builder.mayWait);
        Map<String, GroupOptions> groups = Map.copyOf(builder.groups);
        policy = new DetailPolicy(groups, builder.details, builder.authorized);
        reportAccept = new Accept(Format.DRAFT, builder.htmlPage);
        page = new HtmlPage(health.service(), view);
        bodies = new BodyCache(
                health.service(),
                new BodyCache.Codes(builder.failureCode, builder.warningCode, builder.outcomeFailureCode, groups));
    }

    /** Returns an endpoint with the default settings. */
    public static HealthEndpoint of(Health health) {
        return builder(health).build();
    }

    /** Returns a builder for an endpoint over these checks. */
    public static HealthEndpointBuilder builder(Health health) {
        return new HealthEndpointBuilder(Objects.requireNonNull(health, "health"));
    }

    /** Returns the paths of this endpoint, prefix included, the busiest first; each also stands for the paths below it. */
    public List<String> paths() {
        List<String> paths =
                new ArrayList<>(List.of(prefix + "/_health", prefix + "/_ping", prefix + "/_system/check"));
        if (mayDrain != null) {
            paths.add(prefix + "/_system/drain");
        }
        return List.copyOf(paths);
    }

    /**
     * Answers a request. It never throws: if a page cannot be made, or one of your predicates throws, the answer is 503 with a
     * problem document, and the log says why. Waits as the class comment says, so that an event loop needs
     * {@link #handleAsync}.
     */
    public HealthResponse handle(HealthRequest request) {
        return guarded(request, () -> answer(request));
    }

    /** Returns the answer; 503 if making it fails. */
    static HealthResponse guarded(HealthRequest request, Supplier<HealthResponse> answer) {
        try {
            return answer.get();
        } catch (RuntimeException | Error failure) {
            return unavailable(request, failure);
        }
    }

    private static HealthResponse unavailable(HealthRequest request, Throwable failure) {
        log.error("cannot answer {} {}", request.method(), Require.shown(request.path()), failure);
        CachedBody problem = Problem.unavailable("this page cannot be made; the log of the service says why");
        return HealthResponse.of(problem, NO_STORE, request.method().equals("HEAD"));
    }

    private HealthResponse answer(HealthRequest request) {
        ParsedRequest parsed = ParsedRequest.of(request, prefix);
        Found found = read(parsed);
        if (!needsRun(parsed, found)) {
            return respond(parsed, found);
        }
        Runnable leave = waiters.enter(request, found.lacksResult());
        if (leave == null) {
            CompletableFuture<Void> unused = refreshAsync(parsed);
        } else {
            try {
                refresh(parsed);
            } finally {
                leave.run();
            }
        }
        return respond(parsed, read(parsed));
    }

    private void refresh(ParsedRequest parsed) {
        Duration maxAge = parsed.maxAge();
        if (maxAge != null) {
            health.refresh(parsed::covers, maxAge);
        } else {
            health.refresh(parsed::covers);
        }
    }

    private CompletableFuture<Void> refreshAsync(ParsedRequest parsed) {
        Duration maxAge = parsed.maxAge();
        return maxAge != null ? view.refreshAsync(parsed::covers, maxAge) : view.refreshAsync(parsed::covers);
    }

    /**
     * Answers a request without blocking the caller, as an event loop needs it. The result is complete on return unless
     * a check has to run first. It never completes exceptionally, just as {@link #handle} never throws.
     *
     * @param executor makes the answer after such a run
     */
    public CompletableFuture<HealthResponse> handleAsync(HealthRequest request, Executor executor) {
        try {
            ParsedRequest parsed = ParsedRequest.of(request, prefix);
            Found found = read(parsed);
            if (!needsRun(parsed, found)) {
                return CompletableFuture.completedFuture(respond(parsed, found));
            }
            CompletableFuture<Void> fresh = refreshAsync(parsed);
            Runnable leave = waiters.enter(request, found.lacksResult());
            if (leave == null) {
                return CompletableFuture.completedFuture(respond(parsed, read(parsed)));
            }
            return fresh.whenComplete((done, failure) -> leave.run())
                    .thenApplyAsync(done -> respond(parsed, read(parsed)), executor)
                    .exceptionally(failure -> unavailable(request, failure));
        } catch (RuntimeException | Error failure) {
            return CompletableFuture.completedFuture(unavailable(request, failure));
        }
    }

    private Found read(ParsedRequest parsed) {
        if (!parsed.isGetOrHead()) {
            return Found.NOTHING;
        }
        return switch (parsed.resource()) {
            case CHECK -> new Found(health.check(parsed.name()).orElse(null), null);
            case HEALTH -> found(health.report(), parsed);
            case GROUP ->
                health.report(parsed.name())
                        .map(report -> found(report, parsed))
                        .orElse(Found.NOTHING);
            default -> Found.NOTHING;
        };
    }

    private static Found found(HealthReport report, ParsedRequest parsed) {
        return new Found(null, parsed.exclude().isEmpty() ? report : report.without(parsed.exclude()));
    }

    /** Returns whether checks have to run before this request can be answered. */
    private static boolean needsRun(ParsedRequest parsed, Found found) {
        if (found.result() == null && (found.report() == null || parsed.formatError() != null)) {
            return false;
        }
        return parsed.maxAge() != null || found.runsOnRequest();
    }

    private HealthResponse respond(ParsedRequest parsed, Found found) {
        ParsedRequest.Resource resource = parsed.resource();
        boolean drainIsOff = resource == ParsedRequest.Resource.DRAIN && mayDrain == null;
        if (resource == ParsedRequest.Resource.NONE || drainIsOff) {
            String path = parsed.request().path();
            return uncached(Problem.notFound("no health endpoint at " + Require.shown(path)), parsed);
        }
        if (resource == ParsedRequest.Resource.DRAIN) {
            return drain(parsed);
        }
        if (!parsed.isGetOrHead()) {
            return uncached(notAllowed, parsed);
        }
        return switch (resource) {
            case PING -> HealthResponse.of(ping, NO_CACHE, parsed.isHead());
            case CHECK -> check(parsed, found.result());
            case HEALTH, GROUP -> report(parsed, found.report());
            default -> conditional(bodies.system(parsed.outcomeFormat(outcomeAccept)), NO_CACHE, parsed);
        };
    }

    private HealthResponse drain(ParsedRequest parsed) {
        boolean allowed = mayDrain != null && mayDrain.test(parsed.request());
        return uncached(
                allowed ? DrainRoute.answer(health, parsed) : Problem.forbidden("this client may not drain"), parsed);
    }

    private HealthResponse check(ParsedRequest parsed, @Nullable CheckResult result) {
        if (result == null) {
            return uncached(Problem.notFound("no check named " + Require.shown(parsed.name())), parsed);
        }
        boolean details = policy.showsDetails(parsed);
        CachedBody body = bodies.outcome(parsed.outcomeFormat(outcomeAccept), result, details);
        if (details || result.outcome().code() == Outcome.Code.ERROR) {
            return conditional(body, NO_STORE, parsed);
        }
        return conditional(body, maxAge(body, view.steadyFor(result)), parsed);
    }

    private HealthResponse report(ParsedRequest parsed, @Nullable HealthReport report) {
        if (report == null) {
            return uncached(Problem.notFound("no group named " + Require.shown(parsed.name())), parsed);
        }
        String formatError = parsed.formatError();
        if (formatError != null) {
            return uncached(Problem.badRequest(formatError), parsed);
        }
        boolean details = policy.showsDetails(parsed);
        Format format = parsed.reportFormat(reportAccept);
        boolean html = format == Format.HTML;
        CachedBody body = html
                ? page.of(report, bodies.code(report), details, parsed.linkToGroups())
                : bodies.report(format, report, details);
        boolean fails = report.status() == Status.FAIL;
        if (report.group().filter(Health.READY::equals).isPresent()) {
            view.answeredReady(fails);
        }
        if (fails) {
            return failed(body, report, parsed);
        }
        return conditional(body, details || html ? NO_STORE : maxAge(body, view.steadyFor(report)), parsed);
    }

    private HealthResponse failed(CachedBody body, HealthReport report, ParsedRequest parsed) {
        Drain drain = report.drain().orElse(null);
        if (drain == null) {
            return uncached(body, parsed);
        }
        // Rounded up, so that it does not end before the drain does.
        long seconds = view.left(drain).plusSeconds(1).minusNanos(1).toSeconds();
        return HealthResponse.retryAfter(Math.max(1, seconds), body, NO_STORE, parsed.isHead());
    }

    // What may change at any moment is kept by nobody unasked; its ETag makes the next request cheap.
    private static String maxAge(CachedBody body, Duration steady) {
        long seconds = steady.toSeconds();
        return seconds > 0 ? body.maxAge(seconds) : NO_CACHE;
    }

    private static HealthResponse conditional(CachedBody body, String cacheControl, ParsedRequest parsed) {
        if (body.code() == 200 && matches(parsed.request().header("If-None-Match"), body.etag())) {
            return HealthResponse.notModified(body, cacheControl);
        }
        return HealthResponse.of(body, cacheControl, parsed.isHead());
    }

    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(etag));
    }

    private static HealthResponse uncached(CachedBody body, ParsedRequest parsed) {
        return HealthResponse.of(body, NO_STORE, parsed.isHead());
    }

    /** Returns the answer to a request without the token that its server asks for. */
    static HealthResponse unauthorized(HealthRequest request) {
        return HealthResponse.of(
                Problem.unauthorized(), NO_STORE, request.method().equals("HEAD"));
    }
}
