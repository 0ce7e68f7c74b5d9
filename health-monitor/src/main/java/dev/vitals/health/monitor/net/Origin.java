package dev.vitals.health.monitor.net;

import java.net.URI;
import java.util.Locale;

/**
 * With whom a connection is.
 *
 * @param secure whether with TLS
 * @param host the name or address, without brackets
 * @param port the port
 */
record Origin(boolean secure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        String host = url.getHost();
        if ((!secure && !scheme.equals("http")) || host == null || host.isEmpty()) {
            throw new IllegalArgumentException("url must be an absolute http or https URL with a host, was " + url);
        }
        int port = url.getPort();
        return new Origin(secure, withoutBrackets(host), port > 0 ? port : secure ? HTTPS : HTTP);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns what the Host header says. */
    String authority() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? HTTPS : HTTP) ? shown : shown + ":" + port;
    }
}
