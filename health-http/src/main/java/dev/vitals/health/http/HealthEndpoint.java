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
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /_ping}, {@code /_system/check}, {@code /_system/check/NAME}, {@code /_health} and
 * {@code /_health/GROUP}, independent of the server. Thread-safe.
 *
 * <p>An answer comes from memory, and its bytes are made once for each change. A caller waits only for on-request checks
 * and for requests with {@code Cache-Control: no-cache} or {@code max-age}, and no longer than the timeout of the check.
 */
public final class HealthEndpoint {
    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";
    private static final String READY = "ready";

    private final Health health;
    private final HealthView view;
    private final String prefix;
    private final @Nullable Predicate<HealthRequest> mayDrain;
    private final DetailPolicy policy;
    private final BodyCache bodies;
    private final Accept outcomeAccept = new Accept(Format.JSON);
    private final Accept reportAccept = new Accept(Format.DRAFT);
    private final CachedBody ping = CachedBody.fixed(200, Format.TEXT.contentType(), new byte[0]);
    private final CachedBody notAllowed = Problem.notAllowed("GET, HEAD");

    /** The results that a request asks for, as they are in memory; both null if nothing has that name. */
    private record Found(
            @Nullable CheckResult result, @Nullable HealthReport report) {
        static final Found NOTHING = new Found(null, null);

        boolean runsOnRequest() {
            return report != null
                    ? report.onRequest()
                    : result != null && result.definition().onRequest();
        }
    }

    /** Decides which failure code a group has, and who sees details. */
    private record DetailPolicy(
            Map<String, GroupOptions> groups,
            int failureCode,
            DetailVisibility details,
            Predicate<HealthRequest> authorized) {
        int failureCode(String group) {
            GroupOptions options = groups.get(group);
            return options == null || options.failureCode == null ? failureCode : options.failureCode;
        }

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
        policy = new DetailPolicy(Map.copyOf(builder.groups), builder.failureCode, builder.details, builder.authorized);
        bodies = new BodyCache(health.service(), builder.outcomeFailureCode, policy::failureCode);
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

    /** Answers a request. Nothing that a client can send makes it throw. */
    public HealthResponse handle(HealthRequest request) {
        ParsedRequest parsed = ParsedRequest.of(request, prefix);
        Found found = read(parsed);
        if (!needsRun(parsed, found)) {
            return respond(parsed, found);
        }
        Duration maxAge = parsed.maxAge();
        if (maxAge != null) {
            health.refresh(parsed::covers, maxAge);
        } else {
            health.refresh(parsed::covers);
        }
        return respond(parsed, read(parsed));
    }

    /**
     * Answers a request without blocking the caller, as an event loop needs it. The result is complete on return unless
     * a check has to run first. Completes exceptionally only if one of your predicates throws.
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
            Duration maxAge = parsed.maxAge();
            CompletableFuture<Void> refreshed =
                    maxAge != null ? view.refreshAsync(parsed::covers, maxAge) : view.refreshAsync(parsed::covers);
            return refreshed.thenApplyAsync(done -> respond(parsed, read(parsed)), executor);
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
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
        return conditional(body, maxAge(body, view.freshFor(result)), parsed);
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
        CachedBody body = bodies.report(parsed.reportFormat(reportAccept), report, details);
        if (report.status() == Status.FAIL) {
            return failed(body, report, parsed);
        }
        return conditional(body, details ? NO_STORE : freshness(body, report), parsed);
    }

    private HealthResponse failed(CachedBody body, HealthReport report, ParsedRequest parsed) {
        if (report.group().filter(READY::equals).isPresent()) {
            view.answeredNotReady();
        }
        Drain drain = report.drain().orElse(null);
        if (drain == null) {
            return uncached(body, parsed);
        }
        long seconds = Math.max(1, view.left(drain).toSeconds());
        return HealthResponse.retryAfter(seconds, body, NO_STORE, parsed.isHead());
    }

    private String freshness(CachedBody body, HealthReport report) {
        // Nothing in an empty group can become too old, but a check may be registered at any time.
        return report.checks().isEmpty() ? NO_CACHE : maxAge(body, view.freshFor(report));
    }

    private static String maxAge(CachedBody body, Duration left) {
        return body.maxAge(left.toSeconds());
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
