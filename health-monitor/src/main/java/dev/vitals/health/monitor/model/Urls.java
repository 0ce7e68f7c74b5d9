package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bounds of URLs, paths and hosts that the monitor connects to. The texts follow "must be". */
public final class Urls {
    /** The bound, in words that follow "must be". */
    public static final String URL =
            "an absolute http or https URL with a host, without user info or fragment, of up to 2000 characters";

    /** The bound, in words that follow "must be". */
    public static final String BASE_URL =
            "an absolute http or https URL with a host, without user info, query or fragment, of up to 2000 characters";

    /** The bound, in words that follow "must be". */
    public static final String PATH = "a path that starts with a slash, without fragment, of up to 500 characters";

    /** The bound, in words that follow "must be". */
    public static final String HOST_AND_PORT =
            "a host name or an address, an IPv6 one in brackets, with or without a port";

    /** The bound, in words that follow "must be". */
    public static final String HOST = "a host name or an address, of up to 253 characters";

    private static final int MAX_URL = 2_000;
    private static final int MAX_PATH = 500;
    private static final Pattern PATH_CHARACTERS = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");
    private static final String NOT_IN_URLS = " \"<>\\^`{|}";
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");

    private Urls() {}

    /** Returns whether the text is an http or https URL, with or without a query. */
    public static boolean isUrl(String url) {
        if (url.length() > MAX_URL) {
            return false;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && Uris.host(uri) != null
                    && Uris.port(uri) <= 65_535
                    && Uris.port(uri) != 0
                    && uri.getUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Returns whether the text is a URL to which a path can be appended. */
    public static boolean isBase(String url) {
        return isUrl(url) && URI.create(url).getRawQuery() == null;
    }

    /** Returns whether the text is a path. */
    public static boolean isPath(String path) {
        if (path.length() > MAX_PATH || !PATH_CHARACTERS.matcher(path).matches()) {
            return false;
        }
        try {
            return new URI("http://host" + path).getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Returns whether the text is a host name or an address. */
    public static boolean isHost(String host) {
        return HOST_NAME.matcher(host).matches();
    }

    /** Returns whether the text is a host with or without a port. */
    public static boolean isHostAndPort(String text) {
        return AUTHORITY.matcher(text).matches();
    }

    /** Reads the required field {@code url}. A refusal names the character that is wrong, if one is; empty then. */
    public static String read(Fields fields, String bound, Predicate<String> good) {
        String url = fields.required("url", bound, any -> true);
        if (fields.isRefused("url") || good.test(url)) {
            return url;
        }
        fields.refuse("url", url, bound + wrongCharacter(url));
        return "";
    }

    /** Reads a path; null if it is absent or refused. */
    public static @Nullable String readPath(Fields fields, String field, String bound, Predicate<String> good) {
        String path = fields.text(field, bound);
        if (path == null || good.test(path)) {
            return path;
        }
        fields.refuse(field, path, bound + wrongCharacter(path.replace("{service}", "service")));
        return null;
    }

    /** Reads the required field {@code host}; an IPv6 address may have the brackets that it has in a URL. */
    public static String readHost(Fields fields) {
        String host = fields.required("host", HOST, text -> isHost(withoutBrackets(text)));
        return withoutBrackets(host);
    }

    private static String withoutBrackets(String host) {
        boolean address = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
        return address ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns what is wrong with a character and what to write instead, as the end of a bound; empty if all are good. */
    private static String wrongCharacter(String url) {
        int start = url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3;
        int slash = url.indexOf('/', start);
        int endOfHost = start == 0 ? 0 : slash < 0 ? url.length() : slash;
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '%'
                    && !ESCAPE.matcher(url.substring(i, Math.min(url.length(), i + 3)))
                            .matches()) {
                return "; '%' must be written as %25 unless two hexadecimal digits follow it";
            }
            if (c > '~' && i < endOfHost) {
                return "; '" + c + "' must not be in the host" + ascii(url.substring(start, endOfHost));
            }
            if (c < ' ' || c == '\u007f') {
                return "; control characters must not be in it";
            }
            if (NOT_IN_URLS.indexOf(c) >= 0) {
                return "; '" + c + "' must be written as " + String.format("%%%02X", (int) c);
            }
        }
        return "";
    }

    private static String ascii(String host) {
        try {
            return ", which is " + IDN.toASCII(host.replaceFirst(":[0-9]*$", "")) + " in ASCII";
        } catch (IllegalArgumentException noName) {
            return "";
        }
    }

    /** Returns host and port, with brackets around an IPv6 address. */
    public static String hostAndPort(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** Returns the URL for logs and answers, without its query, which may hold a secret. */
    public static String shown(URI url) {
        return Uris.withoutQuery(url.toString());
    }
}
