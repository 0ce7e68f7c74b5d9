package dev.vitals.health.monitor.poll;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.HttpProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ServiceProbe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TcpProbe;
import dev.vitals.health.monitor.model.Tls;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Polls what is reached over the network: makes the request, and judges what came of it. */
final class WebProber implements Prober {
    private static final String ACCEPT_HEALTH = "application/health+json, application/json;q=0.9, */*;q=0.1";
    private static final String ACCEPT_JSON = "application/json, */*;q=0.1";

    private final Transport transport;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final String userAgent;

    WebProber(Transport transport, Scheduler scheduler, InstantSource clock, String version) {
        this.transport = transport;
        this.scheduler = scheduler;
        this.clock = clock;
        this.userAgent = "vitals-monitor/" + version;
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        Probe probe = target.probe();
        Run run = new Run(scheduler, clock, done);
        if (probe instanceof TcpProbe tcp) {
            transport.connect(tcp.host(), tcp.port(), target.timeout(), reply -> run.end(reply, WebProber::connected));
        } else if (probe instanceof HealthProbe health) {
            transport.get(
                    ask(target, health.healthUrl(), ACCEPT_HEALTH, Tls.STANDARD, Map.of()),
                    reply -> run.end(reply, answer -> Reading.of(code(answer), answer.contentType(), answer.body())));
        } else if (probe instanceof ServiceProbe service) {
            transport.get(
                    ask(target, service.serviceUrl(), ACCEPT_JSON, service.tls(), Map.of()),
                    reply -> run.end(reply, answer -> ServiceJudge.judge(service, code(answer), answer.body())));
        } else if (probe instanceof HttpProbe http) {
            transport.get(
                    ask(target, http.url(), ACCEPT_HEALTH, http.tls(), headers(http)),
                    reply -> run.end(
                            reply,
                            answer -> HttpJudge.judge(
                                    http.expected(), code(answer), answer.contentType(), answer.body())));
        } else {
            throw new IllegalArgumentException("probe must be one over the network, was " + probe.kind());
        }
    }

    private Ask ask(Target target, URI url, String accept, Tls tls, Map<String, String> own) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accept);
        headers.put("User-Agent", userAgent);
        own.forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return new Ask(target.id(), url, headers, tls, target.timeout());
    }

    private static Map<String, String> headers(HttpProbe http) {
        Map<String, String> headers = new LinkedHashMap<>(http.headers().plain());
        http.headers().secret().forEach((name, value) -> headers.put(name, value.reveal()));
        if (http.login() != null) {
            String both = http.login().user() + ":" + http.login().password().reveal();
            headers.keySet().removeIf("Authorization"::equalsIgnoreCase);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
        }
        return headers;
    }

    private static int code(Reply answer) {
        return answer.status() == null ? 0 : answer.status();
    }

    private static Reading connected(Reply reply) {
        return new Reading(Outcome.Code.OK, null, List.of());
    }

    /** One poll under way. */
    private static final class Run {
        private final Stopwatch watch;
        private final Consumer<PollResult> done;

        Run(Scheduler scheduler, InstantSource clock, Consumer<PollResult> done) {
            this.watch = new Stopwatch(scheduler, clock);
            this.done = done;
        }

        void end(Reply reply, Function<Reply, Reading> judge) {
            Reading reading = reply.failure() == null
                    ? judge.apply(reply)
                    : new Reading(Outcome.Code.ERROR, reply.failure(), List.of());
            done.accept(watch.result(reading, reply.status()));
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
