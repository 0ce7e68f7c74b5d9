package dev.vitals.health.monitor.probe;

import dev.vitals.health.Outcome;
import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import dev.vitals.health.monitor.net.TlsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;

/** Polls with one HTTP request, on a connection that is kept for some time as long as the target is well. */
final class HttpPoller implements Poller {
    /** The header {@code Accept} of a poll that prefers a health document. */
    static final String ACCEPT_HEALTH = "application/health+json, application/json;q=0.9, */*;q=0.1";

    /** The header {@code Accept} of a poll that prefers JSON. */
    static final String ACCEPT_JSON = "application/json, */*;q=0.1";

    private static final Duration MIN_KEPT = Duration.ofSeconds(30);
    private static final int MAX_CODING = 50;
    private static final int MAX_TLS_SETTINGS = 1_000;

    private final PollContext context;
    private final String userAgent;
    // TLS sessions belong to the settings, so all targets with equal settings share them.
    private final ConcurrentHashMap<Tls, TlsSettings> tlsSettings = new ConcurrentHashMap<>();

    /** A probe that makes one HTTP request. */
    interface HttpRequestProbe extends Probe {
        /** Returns the call with its URL and headers; the poller adds the rest. */
        HttpCall call();

        /** Returns how TLS is done. */
        default Tls tls() {
            return Tls.STANDARD;
        }

        /** Returns what an answer means. */
        Judgement judge(HttpAnswer answer);
    }

    HttpPoller(PollContext context) {
        this.context = context;
        this.userAgent = "vitals-monitor/" + context.version();
    }

    @Override
    public void poll(Target target, Listener done) {
        HttpRequestProbe probe = (HttpRequestProbe) target.probe();
        Instant time = context.now();
        HttpCall call = probe.call()
                .headerIfAbsent("User-Agent", userAgent)
                // Without this header a server may choose any coding (RFC 9110, section 12.5.3).
                .headerIfAbsent("Accept-Encoding", "identity")
                .timeout(target.timeout())
                .maxBodyBytes(Judgement.MAX_BODY_BYTES)
                .tls(tlsSettings(probe.tls()))
                .guard(context.guard(target))
                .keep(target.id(), keepFor(target.interval()));
        context.client().http(call, exchange -> {
            HttpAnswer answer = exchange.answer().orElse(null);
            Judgement judgement = answer == null ? failed(exchange) : judge(probe, call, answer);
            if (answer != null && judgement.code() != Outcome.Code.OK) {
                // The next poll opens a new connection: what is wrong may be limited to the old one.
                context.client().forget(target.id());
            }
            done.polled(
                    result(time, exchange, judgement),
                    answer == null ? exchange : exchange.judgedBy(judgement.byBody() ? "body" : "code"));
        });
    }

    /** A kept connection proves nothing of new ones: each 30 s or three polls, whichever is later, one is opened. */
    private static Duration keepFor(Duration interval) {
        Duration threePolls = interval.multipliedBy(3);
        return threePolls.compareTo(MIN_KEPT) > 0 ? threePolls : MIN_KEPT;
    }

    private static Judgement judge(HttpRequestProbe probe, HttpCall call, HttpAnswer answer) {
        Judgement judgement = probe.judge(answer);
        String message = judgement.message();
        if (message == null) {
            return judgement;
        }
        String told = HttpExpectation.withRedirect(
                message, answer.status(), call.url(), answer.header("Location").orElse(""));
        String coding = answer.unknownCoding()
                .map(name ->
                        "; its body is in the coding " + Judgement.line(name, MAX_CODING) + ", which was not asked for")
                .orElse("");
        return judgement.saying(told + coding);
    }

    private TlsSettings tlsSettings(Tls tls) {
        if (tls.equals(Tls.STANDARD)) {
            return TlsSettings.standard();
        }
        if (tlsSettings.size() >= MAX_TLS_SETTINGS) {
            // Some belong to removed targets; the others are made again.
            tlsSettings.clear();
        }
        return tlsSettings.computeIfAbsent(tls, Tls::settings);
    }

    static Judgement failed(ExchangeResult exchange) {
        return Judgement.error(exchange.failure().map(Failure::message).orElse("no answer"));
    }

    static PollResult result(Instant time, ExchangeResult exchange, Judgement judgement) {
        return new PollResult(
                judgement.code(),
                judgement.message(),
                exchange.answer().map(HttpAnswer::status).orElse(null),
                time,
                exchange.timings().total().truncatedTo(ChronoUnit.MICROS),
                judgement.components(),
                judgement.releaseId());
    }

    /** Does nothing: the owner of the client closes it. */
    @Override
    public void close() {}
}
