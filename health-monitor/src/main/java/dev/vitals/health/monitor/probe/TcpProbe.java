package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.net.TcpCall;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection to a port, which is closed at once.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record TcpProbe(String host, int port) implements Probe {
    static final Probes.PolledKind KIND = new Kind();
    static final int MAX_PORT = 65_535;

    private static final String NAME = "tcp";

    private static final class Kind implements Probes.PolledKind {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public TcpProbe read(Fields fields, Source source) {
            return new TcpProbe(Urls.readHost(fields), fields.whole("port", 0, 1, MAX_PORT));
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("A connection to a port")
                    .required("host", Schema.text("A host name or an address"))
                    .required("port", Schema.whole("The port", 1, MAX_PORT))
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new TcpPoller(context);
        }
    }

    private static final class TcpPoller implements Poller {
        private final PollContext context;

        TcpPoller(PollContext context) {
            this.context = context;
        }

        @Override
        public void poll(Target target, Listener done) {
            TcpProbe probe = (TcpProbe) target.probe();
            Instant time = context.now();
            TcpCall call = new TcpCall(probe.host, probe.port, target.timeout(), context.guard(target));
            context.client().tcp(call, exchange -> {
                Judgement judgement = exchange.succeeded() ? Judgement.OK : HttpPoller.failed(exchange);
                done.polled(HttpPoller.result(time, exchange, judgement), exchange);
            });
        }

        /** Does nothing: the owner of the client closes it. */
        @Override
        public void close() {}
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", host);
        fields.put("port", port);
        return fields;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint("host", host, port);
    }

    @Override
    public boolean asksTheApp() {
        return true;
    }

    @Override
    public String subject() {
        return Urls.hostAndPort(host, port);
    }

    @Override
    public String toString() {
        return NAME + " " + subject();
    }
}
