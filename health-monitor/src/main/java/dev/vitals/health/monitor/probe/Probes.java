package dev.vitals.health.monitor.probe;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeKind;
import dev.vitals.health.monitor.model.ProbeKinds;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.UnreadableProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All kinds of probes. A new kind is one file, and one line in the list. */
public final class Probes {
    private static final List<PolledKind> ALL = List.of(
            HttpProbe.KIND,
            HealthProbe.KIND,
            ServiceProbe.KIND,
            TcpProbe.KIND,
            DnsProbe.KIND,
            TlsProbe.KIND,
            PushProbe.KIND,
            ProcessProbe.KIND,
            ExecProbe.KIND);

    /** The kinds, in the order of the documentation. */
    public static final ProbeKinds KINDS = new ProbeKinds(ALL);

    /** A kind of probe with its poller. */
    interface PolledKind extends ProbeKind {
        /** Returns a poller for targets of this kind. */
        Poller poller(PollContext context);
    }

    private Probes() {}

    private static PollResult failure(UnreadableProbe probe, Instant now) {
        return new PollResult(Outcome.Code.ERROR, probe.problem(), null, now, Duration.ZERO, List.of());
    }

    /** Returns a poller for targets of all kinds. */
    public static Poller poller(PollContext context) {
        Map<String, Poller> pollers = new LinkedHashMap<>();
        ALL.forEach(kind -> pollers.put(kind.name(), kind.poller(context)));
        return new Poller() {
            @Override
            public void poll(Target target, Listener done) {
                if (target.probe() instanceof UnreadableProbe probe) {
                    done.polled(failure(probe, context.now()), null);
                    return;
                }
                String kind = target.probe().kind();
                Objects.requireNonNull(pollers.get(kind), kind).poll(target, done);
            }

            @Override
            public void close() {
                pollers.values().forEach(Poller::close);
            }
        };
    }
}
