package dev.vitals.health.monitor.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The bounds of URLs, paths and hosts that the monitor connects to. The texts follow "must be". */
final class Urls {
    static final String URL =
            "an absolute http or https URL with a host, without user info or fragment, of up to 2000 characters";

    static final String BASE_URL =
            "an absolute http or https URL with a host, without user info, query or fragment, of up to 2000 characters";

    static final String PATH = "a path that starts with a slash, without fragment, of up to 500 characters";

    static final String HOST = "a host name or an address, of up to 253 characters";

    private static final int MAX_URL = 2_000;
    private static final int MAX_PATH = 500;
    private static final Pattern PATH_CHARACTERS = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");

    private Urls() {}

    /** Returns whether the text is an http or https URL, with or without a query. */
    static boolean isUrl(String url) {
        if (url.length() > MAX_URL) {
            return false;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.getUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Returns whether the text is a URL to which a path can be appended. */
    static boolean isBase(String url) {
        return isUrl(url) && URI.create(url).getRawQuery() == null;
    }

    static boolean isPath(String path) {
        if (path.length() > MAX_PATH || !PATH_CHARACTERS.matcher(path).matches()) {
            return false;
        }
        try {
            return new URI("http://host" + path).getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    static boolean isHost(String host) {
        return HOST_NAME.matcher(host).matches();
    }

    /** Returns host and port, with brackets around an IPv6 address. */
    static String hostAndPort(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** Returns the URL for logs and answers, without its query, which may hold a secret. */
    static String shown(URI url) {
        String text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?...";
    }
}
