package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.DnsProbe;
import dev.vitals.health.monitor.model.ExecProbe;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.HttpProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProcessProbe;
import dev.vitals.health.monitor.model.PushProbe;
import dev.vitals.health.monitor.model.ServiceProbe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TcpProbe;
import dev.vitals.health.monitor.model.TlsProbe;
import dev.vitals.health.monitor.net.AddressGuard;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Polls each target in the way of its kind. */
final class Probers implements Prober {
    private static final int MAX_THREADS = 32;

    private final Map<String, Prober> byKind;
    private final List<Prober> all;

    Probers(
            Prober web,
            Function<Target, AddressGuard> guards,
            Scheduler scheduler,
            InstantSource clock,
            PushReports pushes) {
        // A pool a kind: names that nobody resolves must not keep commands from running.
        Prober process = new IndicatorProber("process", MAX_THREADS, guards, scheduler, clock);
        Prober exec = new IndicatorProber("exec", MAX_THREADS, guards, scheduler, clock);
        Prober dns = new IndicatorProber("dns", MAX_THREADS, guards, scheduler, clock);
        Prober tls = new IndicatorProber("tls", MAX_THREADS, guards, scheduler, clock);
        all = List.of(web, process, exec, dns, tls);
        byKind = Map.of(
                HealthProbe.KIND,
                web,
                HttpProbe.KIND,
                web,
                ServiceProbe.KIND,
                web,
                TcpProbe.KIND,
                web,
                ProcessProbe.KIND,
                process,
                ExecProbe.KIND,
                exec,
                DnsProbe.KIND,
                dns,
                TlsProbe.KIND,
                tls,
                PushProbe.KIND,
                pushes);
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        of(target).probe(target, done);
    }

    @Override
    public void explain(Target target, Consumer<Finding> done) {
        of(target).explain(target, done);
    }

    private Prober of(Target target) {
        return Objects.requireNonNull(byKind.get(target.probe().kind()), "prober of the kind");
    }

    @Override
    public void close() {
        all.forEach(Prober::close);
    }
}
