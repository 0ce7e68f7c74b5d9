package dev.vitals.health.http.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Paths and headers, read in the same way whatever the server.
 *
 * <p>The rule for paths: several slashes are one, a slash at the end does not count, path parameters ({@code ;v=1}) are
 * dropped, percent-encoding is decoded, dot segments are resolved, and case matters.
 */
public final class RequestParts {
    private RequestParts() {}

    /**
     * Returns the path in its one spelling: decoded, without a slash at the end; empty for the root.
     *
     * @param path as the client sent it, without the query. What is malformed stays as it is, and so does an encoded slash
     */
    public static String canonical(String path) {
        return isCanonical(path) ? path : join(segments(path), 0, RequestParts::decode);
    }

    /**
     * Returns the part of a path below a context, still encoded, with the slashes at its end.
     *
     * @param contextPath of the server's context, in any spelling; empty for the root
     * @param path as the client sent it, context included, in any spelling
     */
    public static String below(String contextPath, String path) {
        if (isCanonical(path) && path.startsWith(contextPath)) {
            return path.substring(contextPath.length());
        }
        String below = join(segments(path), segments(contextPath).size(), UnaryOperator.identity());
        return below.isEmpty() ? below : below + slashesAtEnd(path);
    }

    /** Returns the slashes at the end of a path, which a browser counts where it resolves a link. */
    public static String slashesAtEnd(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(end);
    }

    /** Returns the values of all lines of one header as one value (RFC 9110, section 5.3); null if there are none. */
    public static @Nullable String joined(Iterator<String> values) {
        if (!values.hasNext()) {
            return null;
        }
        String all = values.next();
        while (values.hasNext()) {
            all = all + ", " + values.next();
        }
        return all;
    }

    // Nearly every path is, and each request asks.
    private static boolean isCanonical(String path) {
        char before = 'x';
        for (int i = 0; i < path.length(); i++) {
            char character = path.charAt(i);
            if (character == '%' || character == ';' || (before == '/' && (character == '/' || character == '.'))) {
                return false;
            }
            before = character;
        }
        return before != '/';
    }

    /** Returns the segments as they were sent, without the empty ones, parameters and dots. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String sent : path.split("/", -1)) {
            int semicolon = sent.indexOf(';');
            String segment = semicolon < 0 ? sent : sent.substring(0, semicolon);
            String decoded = decode(segment);
            if (decoded.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!decoded.isEmpty() && !decoded.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static String join(List<String> segments, int from, UnaryOperator<String> spelling) {
        StringBuilder path = new StringBuilder();
        for (int i = from; i < segments.size(); i++) {
            path.append('/').append(spelling.apply(segments.get(i)));
        }
        return path.toString();
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            return decoded.indexOf('/') < 0 ? decoded : segment;
        } catch (IllegalArgumentException malformed) {
            return segment;
        }
    }
}
