package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.address.AddressGuard;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Polls each target in the way of its kind. */
final class Pollers implements Poller {
    private static final int MAX_THREADS = 32;

    private final Map<String, Poller> byKind;
    private final List<Poller> all;

    Pollers(
            Poller web,
            Function<Target, AddressGuard> guards,
            Scheduler scheduler,
            InstantSource clock,
            PushReports pushes) {
        // A pool a kind: names that nobody resolves must not keep commands from running.
        Poller process = new IndicatorPoller("process", MAX_THREADS, guards, scheduler, clock);
        Poller exec = new IndicatorPoller("exec", MAX_THREADS, guards, scheduler, clock);
        Poller dns = new IndicatorPoller("dns", MAX_THREADS, guards, scheduler, clock);
        Poller tls = new IndicatorPoller("tls", MAX_THREADS, guards, scheduler, clock);
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
    public void explain(Target target, Consumer<DiagnosedResult> done) {
        of(target).explain(target, done);
    }

    private Poller of(Target target) {
        return Objects.requireNonNull(byKind.get(target.probe().kind()), "prober of the kind");
    }

    @Override
    public void close() {
        all.forEach(Poller::close);
    }
}
