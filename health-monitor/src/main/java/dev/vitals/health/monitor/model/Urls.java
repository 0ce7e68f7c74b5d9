package dev.vitals.health.monitor.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which URLs, paths and hosts can be polled. */
final class Urls {
    static final String URL =
            "an absolute http or https URL with a host, without user info or fragment, of up to 2000 characters";

    static final String HOST = "a host name or an address, of up to 253 characters";

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");

    private Urls() {}

    /** Returns whether it is an http or https URL, perhaps with a query. */
    static boolean isUrl(String url) {
        if (url.length() > RegistrationLimits.MAX_URL) {
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
        } catch (URISyntaxException noUrl) {
            return false;
        }
    }

    /** Returns whether it is a URL that a path can be put behind. */
    static boolean isBase(String url) {
        return isUrl(url) && URI.create(url).getRawQuery() == null;
    }

    static boolean isPath(String path) {
        if (path.length() > RegistrationLimits.MAX_HEALTH_PATH
                || !PATH.matcher(path).matches()) {
            return false;
        }
        try {
            return new URI("http://host" + path).getHost() != null;
        } catch (URISyntaxException noPath) {
            return false;
        }
    }

    static boolean isHost(String host) {
        return HOST_NAME.matcher(host).matches();
    }

    /** Returns the URL to that path; one slash between them. */
    static URI below(String base, String path) {
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Returns the URL for people: a query may hold what is secret. */
    static String shown(URI url) {
        String text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?...";
    }
}
