package dev.vitals.health.internal;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes http and https URIs out of parts. The parts are taken as they are: what needs escapes has them already. */
public final class Uris {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?");
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private Uris() {}

    /**
     * Returns the URI of a path below another URI, with one slash between the two.
     *
     * @param base without query and fragment
     * @param path with or without a slash at its start; may end in a query
     * @throws IllegalArgumentException if the result is not a URI
     */
    public static URI join(String base, String path) {
        String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(path.startsWith("/") ? start + path : start + "/" + path);
    }

    /**
     * Returns the host; null if there is none. Unlike {@link URI#getHost}, it knows the names that resolvers find and the
     * grammar of RFC 2396 does not have, such as {@code my_service} or {@code 3f2a9c}.
     */
    public static @Nullable String host(URI uri) {
        if (uri.getHost() != null) {
            return uri.getHost();
        }
        Matcher named = named(uri);
        return named == null ? null : named.group(1);
    }

    // A name whose last part is a number is an address to some resolvers, and to others none.
    private static @Nullable Matcher named(URI uri) {
        String authority = uri.getRawAuthority();
        Matcher named = NAMED.matcher(authority == null ? "" : authority);
        return named.matches() && !NUMBER_AT_END.matcher(named.group(1)).matches() ? named : null;
    }

    /**
     * Returns the text as it is, or a URL or its path with {@code ?...} in place of its query, which may hold a secret under
     * any name.
     *
     * @param text any text; a URL has {@code ://} in it, and a path begins with a slash
     */
    public static String withoutQuery(String text) {
        int authority = text.indexOf("://");
        int query = text.startsWith("/") || authority >= 0 ? text.indexOf('?', Math.max(0, authority)) : -1;
        return query < 0 ? text : text.substring(0, query) + "?...";
    }

    /** Returns the port, which follows from the scheme if the URI does not name one. */
    public static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        Matcher named = uri.getHost() == null ? named(uri) : null;
        if (named != null && named.group(2) != null) {
            return Integer.parseInt(named.group(2));
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /**
     * Returns a URI of that scheme.
     *
     * @param port is left out if it is -1
     * @param path begins with a slash, or is empty
     * @throws IllegalArgumentException if the result is not a URI
     */
    public static URI of(String scheme, String host, int port, String path) {
        return URI.create(scheme + "://" + host + (port == -1 ? "" : ":" + port) + path);
    }
}
