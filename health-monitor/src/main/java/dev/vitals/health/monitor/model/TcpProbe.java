package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a port can be connected to.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record TcpProbe(String host, int port) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "tcp";

    static final int MAX_PORT = 65_535;

    static TcpProbe read(Fields fields) {
        return new TcpProbe(fields.required("host", Urls.HOST, Urls::isHost), fields.whole("port", 0, 1, MAX_PORT));
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
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    @Override
    public String toString() {
        return KIND + " " + subject();
    }
}
