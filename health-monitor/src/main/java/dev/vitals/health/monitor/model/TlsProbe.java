package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the certificate that a server shows is still valid.
 *
 * @param host a name or an address
 * @param port from 1 to 65535; TLS from the first byte
 * @param warnDays with fewer days left it is a warning
 * @param failDays with fewer days left it is an error; at most warnDays
 * @param ca the certificates that are trusted instead of those of the JVM, in PEM; null for the JVM's
 */
public record TlsProbe(
        String host,
        int port,
        int warnDays,
        int failDays,
        @Nullable String ca) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "tls";

    private static final int DEFAULT_PORT = 443;
    private static final int DEFAULT_WARN_DAYS = 21;
    private static final int DEFAULT_FAIL_DAYS = 7;
    private static final int MAX_DAYS = 3_650;

    static TlsProbe read(Fields fields) {
        String host = fields.required("host", Urls.HOST, Urls::isHost);
        int port = fields.whole("port", DEFAULT_PORT, 1, TcpProbe.MAX_PORT);
        int warnDays = fields.whole("warnDays", DEFAULT_WARN_DAYS, 0, MAX_DAYS);
        int failDays = fields.whole("failDays", Math.min(DEFAULT_FAIL_DAYS, warnDays), 0, MAX_DAYS);
        if (failDays > warnDays) {
            fields.refuse("failDays", failDays, "at most warnDays of " + warnDays);
        }
        return new TlsProbe(host, port, warnDays, failDays, Tls.readCa(fields));
    }

    @Override
    public String kind() {
        return KIND;
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
        return new TcpProbe(host, port).subject();
    }

    @Override
    public String toString() {
        return KIND + " " + subject();
    }
}
