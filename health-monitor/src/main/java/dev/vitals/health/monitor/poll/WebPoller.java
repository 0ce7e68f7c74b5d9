package dev.vitals.health.monitor.poll;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.HttpProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.ServiceProbe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TcpProbe;
import dev.vitals.health.monitor.model.Tls;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.net.TcpCall;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Polls what is reached over the network, on connections that are kept as long as all is well. */
final class WebPoller implements Poller {
    private static final String ACCEPT_HEALTH = "application/health+json, application/json;q=0.9, */*;q=0.1";
    private static final String ACCEPT_JSON = "application/json, */*;q=0.1";

    private final NetClient client;
    private final Function<Target, AddressGuard> guards;
    private final InstantSource clock;
    private final String userAgent;
    private final TlsOfTargets tls = new TlsOfTargets();

    WebPoller(NetClient client, Function<Target, AddressGuard> guards, InstantSource clock, String version) {
        this.client = client;
        this.guards = guards;
        this.clock = clock;
        this.userAgent = "vitals-monitor/" + version;
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        explain(target, finding -> done.accept(finding.result()));
    }

    @Override
    public void explain(Target target, Consumer<DiagnosedResult> done) {
        Probe probe = target.probe();
        if (probe instanceof HealthProbe health) {
            HttpCall call = call(target, health.healthUrl(), ACCEPT_HEALTH, Tls.STANDARD);
            http(target, call, WebPoller::readHealth, done);
        } else if (probe instanceof HttpProbe http) {
            HttpCall call = call(target, http.url(), ACCEPT_HEALTH, http.tls());
            headers(http).forEach(call::header);
            http(target, call, answer -> HttpJudge.judge(http.expected(), answer), done);
        } else if (probe instanceof ServiceProbe service) {
            HttpCall call = call(target, service.serviceUrl(), ACCEPT_JSON, service.tls());
            http(target, call, answer -> ServiceJudge.judge(service, answer.status(), answer.body()), done);
        } else if (probe instanceof TcpProbe tcp) {
            Instant time = now();
            TcpCall call = new TcpCall(tcp.host(), tcp.port(), target.timeout(), guards.apply(target));
            client.tcp(call, contact -> done.accept(finding(time, contact, connected(contact))));
        } else {
            throw new IllegalArgumentException("probe must be one over the network, was " + probe.kind());
        }
    }

    private HttpCall call(Target target, URI url, String accept, Tls how) {
        return HttpCall.get(url)
                .header("User-Agent", userAgent)
                .header("Accept", accept)
                .timeout(target.timeout())
                .maxBodyBytes(Judgement.MAX_BODY_BYTES)
                .tls(tls.of(how))
                .guard(guards.apply(target))
                .keep(target.id());
    }

    private static Map<String, String> headers(HttpProbe http) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(http.headers().plain());
        for (Map.Entry<String, Secret> header : http.headers().secret().entrySet()) {
            headers.put(header.getKey(), header.getValue().reveal());
        }
        if (http.login() != null) {
            String both = http.login().user() + ":" + http.login().password().reveal();
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
        }
        return headers;
    }

    private void http(
            Target target, HttpCall call, Function<HttpAnswer, Judgement> judge, Consumer<DiagnosedResult> done) {
        Instant time = now();
        client.http(call, contact -> {
            Judgement reading = contact.answer().map(judge).orElseGet(() -> failed(contact));
            if (contact.answer().isPresent() && reading.code() == Outcome.Code.ERROR) {
                // A fresh connection next time: what is wrong may be behind the old one alone.
                client.forget(target.id());
            }
            done.accept(finding(time, contact, reading));
        });
    }

    private static Judgement readHealth(HttpAnswer answer) {
        return Judgement.of(answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }

    private static Judgement connected(ExchangeResult contact) {
        return contact.succeeded() ? new Judgement(Outcome.Code.OK, null, List.of()) : failed(contact);
    }

    private static Judgement failed(ExchangeResult contact) {
        String words = contact.failure().map(Failure::message).orElse("no answer");
        return new Judgement(Outcome.Code.ERROR, words, List.of());
    }

    private static DiagnosedResult finding(Instant time, ExchangeResult contact, Judgement reading) {
        PollResult result = new PollResult(
                reading.code(),
                reading.message(),
                contact.answer().map(HttpAnswer::status).orElse(null),
                time,
                contact.timings().total().truncatedTo(ChronoUnit.MICROS),
                reading.components(),
                reading.releaseId());
        return new DiagnosedResult(result, contact);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The client is closed by whoever has made it. */
    @Override
    public void close() {}
}
