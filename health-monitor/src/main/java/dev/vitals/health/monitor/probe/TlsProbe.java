package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.indicator.TlsExpiryIndicator;
import dev.vitals.health.indicator.TlsExpiryIndicator.HostResolver;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Urls;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks how long the certificate of a server is still valid.
 *
 * @param host a name or an address
 * @param port from 1 to 65535; TLS from the first byte
 * @param warnDays fewer days left are a warning
 * @param failDays fewer days left are an error; at most warnDays
 * @param ca the trusted certificates in PEM; null for those of the JVM
 */
public record TlsProbe(
        String host,
        int port,
        int warnDays,
        int failDays,
        @Nullable String ca) implements IndicatorPoller.IndicatorProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "tls";

    private static final class Kind implements Probes.PolledKind {
        private static final int DEFAULT_PORT = 443;
        private static final int DEFAULT_WARN_DAYS = 21;
        private static final int DEFAULT_FAIL_DAYS = 7;
        private static final int MAX_DAYS = 3_650;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public TlsProbe read(Fields fields, Source source) {
            String host = Urls.readHost(fields);
            int port = fields.whole("port", DEFAULT_PORT, 1, TcpProbe.MAX_PORT);
            int warnDays = fields.whole("warnDays", DEFAULT_WARN_DAYS, 0, MAX_DAYS);
            int failDays = fields.whole("failDays", Math.min(DEFAULT_FAIL_DAYS, warnDays), 0, MAX_DAYS);
            if (failDays > warnDays) {
                fields.refuse("failDays", failDays, "at most warnDays of " + warnDays);
            }
            return new TlsProbe(host, port, warnDays, failDays, Tls.readCa(fields));
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("How long the certificate of a server is still valid")
                    .required("host", Schema.text("A host name or an address"))
                    .optional("port", Schema.whole("The port", 1, TcpProbe.MAX_PORT, DEFAULT_PORT))
                    .optional("warnDays", Schema.whole("Fewer days left are a warning", 0, MAX_DAYS, DEFAULT_WARN_DAYS))
                    .optional(
                            "failDays",
                            Schema.whole(
                                    "Fewer days left are an error; at most warnDays", 0, MAX_DAYS, DEFAULT_FAIL_DAYS))
                    .optional("ca", Tls.caSchema())
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new IndicatorPoller(NAME, context);
        }
    }

    @Override
    public HealthCheck indicator(Duration timeout) throws GeneralSecurityException, IOException {
        return indicator(timeout, (name, toPort) -> InetAddress.getAllByName(name));
    }

    @Override
    public HealthCheck indicator(Duration timeout, HostResolver resolver) throws GeneralSecurityException, IOException {
        // First no limit for errors, since each setting is checked against the other one.
        TlsExpiryIndicator indicator = TlsExpiryIndicator.of(host, port)
                .failBefore(Duration.ZERO)
                .warnBefore(Duration.ofDays(warnDays))
                .failBefore(Duration.ofDays(failDays))
                .resolver(resolver)
                .timeout(timeout);
        return ca == null ? indicator : indicator.trust(Pem.trustStore(ca));
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
        fields.put("warnDays", warnDays);
        fields.put("failDays", failDays);
        if (ca != null) {
            fields.put("ca", ca);
        }
        return fields;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint("host", host, port);
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
