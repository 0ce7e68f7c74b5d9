package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Polls with the JDK's HTTP client. An exchange under way holds no thread; its time limit is the scheduler's. */
final class JdkProber implements Prober {
    private static final String ACCEPT = "application/health+json, application/json;q=0.9, */*;q=0.1";

    private final HttpClient client;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final String userAgent;
    private volatile boolean closed;

    JdkProber(Scheduler scheduler, InstantSource clock, String version) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.userAgent = "vitals-monitor/" + version;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Threads.workers("monitor-probe-"))
                .build();
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        JdkExchange exchange = new JdkExchange(target, scheduler, clock, done);
        if (closed) {
            exchange.refuse("the monitor is closing");
            return;
        }
        try {
            exchange.await(send(target));
        } catch (IllegalArgumentException refused) {
            exchange.refuse("the URL cannot be polled: " + Text.line(String.valueOf(refused.getMessage())));
        }
    }

    static URI url(Target target) {
        return ((HealthProbe) target.probe()).healthUrl();
    }

    private CompletableFuture<HttpResponse<BoundedBody>> send(Target target) {
        HttpRequest request = HttpRequest.newBuilder(url(target))
                .header("Accept", ACCEPT)
                .header("User-Agent", userAgent)
                .build();
        return client.sendAsync(request, headers -> BoundedBody.upTo(Reading.MAX_BODY_BYTES));
    }

    @Override
    public void close() {
        closed = true;
    }
}
