package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.ProbeKind;
import dev.vitals.health.monitor.model.ProbeKinds;
import dev.vitals.health.monitor.model.Target;
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

    /** Returns a poller for targets of all kinds. */
    public static Poller poller(PollContext context) {
        Map<String, Poller> pollers = new LinkedHashMap<>();
        ALL.forEach(kind -> pollers.put(kind.name(), kind.poller(context)));
        return new Poller() {
            @Override
            public void poll(Target target, Listener done) {
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
