package dev.vitals.health.monitor.poll;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.AddressGuard;
import dev.vitals.health.monitor.net.Contact;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import dev.vitals.health.monitor.net.NetClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Polls over the network, on connections that are kept as long as all is well. */
final class NettyProber implements Prober {
    private static final String ACCEPT = "application/health+json, application/json;q=0.9, */*;q=0.1";

    private final NetClient client;
    private final InstantSource clock;
    private final Function<Target, AddressGuard> guards;
    private final String userAgent;

    NettyProber(NetClient client, InstantSource clock, String version, Function<Target, AddressGuard> guards) {
        this.client = client;
        this.clock = clock;
        this.guards = guards;
        this.userAgent = "vitals-monitor/" + version;
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        client.http(call(target), contact -> done.accept(result(target, time, contact)));
    }

    private HttpCall call(Target target) {
        HealthProbe probe = (HealthProbe) target.probe();
        return HttpCall.get(probe.healthUrl())
                .header("Accept", ACCEPT)
                .header("User-Agent", userAgent)
                .timeout(target.timeout())
                .maxBodyBytes(Reading.MAX_BODY_BYTES)
                .guard(guards.apply(target))
                .keep(target.id());
    }

    private PollResult result(Target target, Instant time, Contact contact) {
        HttpAnswer answer = contact.answer().orElse(null);
        Reading reading = reading(contact, answer);
        if (answer != null && reading.code() == Outcome.Code.ERROR) {
            // A fresh connection next time: what is wrong may be behind the old one alone.
            client.forget(target.id());
        }
        return new PollResult(
                reading.code(),
                reading.message(),
                answer == null ? null : (Integer) answer.status(),
                time,
                contact.phases().total().truncatedTo(ChronoUnit.MICROS),
                reading.components(),
                reading.releaseId());
    }

    private static Reading reading(Contact contact, @Nullable HttpAnswer answer) {
        if (answer == null) {
            String words = contact.failure().map(Failure::words).orElse("no answer");
            return new Reading(Outcome.Code.ERROR, words, List.of());
        }
        return Reading.of(answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
