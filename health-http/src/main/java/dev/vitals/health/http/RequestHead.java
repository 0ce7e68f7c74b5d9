package dev.vitals.health.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request line and headers of one HTTP/1 request. Source: RFC 9112, sections 2 to 6.
 *
 * @param headers by name, ignoring case; values of several lines are joined with commas
 */
record RequestHead(String method, String target, boolean http11, Map<String, String> headers) implements HealthRequest {
    private static final int MAX_BYTES = 32_768;
    private static final int MAX_EMPTY_LINES = 8;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,15}");

    /** Why a request is refused before anything looks at what it asks for. */
    @SuppressWarnings("serial") // never serialized
    static final class RefusedException extends IOException {
        final transient CachedBody problem;

        private RefusedException(CachedBody problem, String why) {
            super(why);
            this.problem = problem;
        }
    }

    /** Reads lines, and ends at the limit of a head. A line ends with CR LF, or with LF alone. */
    private static final class Lines {
        private final InputStream in;
        private int left = MAX_BYTES;

        Lines(InputStream in) {
            this.in = in;
        }

        /** Returns the next line; null at the end of the stream. */
        @Nullable
        String next() throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    return null;
                }
                if (--left < 0) {
                    String why = "the request line and headers must have at most " + MAX_BYTES + " bytes";
                    throw new RefusedException(Problem.headTooLarge(why), why);
                }
                line.append((char) read);
            }
            int end = line.length() - 1;
            return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
        }
    }

    /** Reads a request up to the empty line; null if the client has closed the connection instead. */
    static @Nullable RequestHead read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        String first = lines.next();
        for (int i = 0; i < MAX_EMPTY_LINES && first != null && first.isEmpty(); i++) {
            first = lines.next();
        }
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3
                || !TOKEN.matcher(parts[0]).matches()
                || !VERSION.matcher(parts[2]).matches()) {
            throw bad("the request line must be METHOD TARGET HTTP/1.1");
        }
        if (!parts[2].startsWith("HTTP/1.")) {
            throw new RefusedException(Problem.versionNotSupported(), "not HTTP/1");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = lines.next(); line == null || !line.isEmpty(); line = lines.next()) {
            if (line == null) {
                return null;
            }
            int colon = line.indexOf(':');
            if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
                throw bad("a header line must be NAME: VALUE");
            }
            headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        RequestHead head = new RequestHead(parts[0], parts[1], !parts[2].equals("HTTP/1.0"), headers);
        head.requireTargetAndLength();
        return head;
    }

    private void requireTargetAndLength() throws RefusedException {
        if (!target.startsWith("/") && !target.equals("*") && pathStart() < 0) {
            throw bad("the target must be a path or a URL");
        }
        String length = headers.get("Content-Length");
        if (length != null && !LENGTH.matcher(length).matches()) {
            throw bad("Content-Length must be one number");
        }
    }

    private static RefusedException bad(String why) {
        return new RefusedException(Problem.badRequest(why), why);
    }

    /** Returns where the path begins, after scheme and host if the target has them; -1 if it has no path. */
    private int pathStart() {
        if (target.startsWith("/")) {
            return 0;
        }
        int host = target.indexOf("://");
        int start = host < 0 ? -1 : target.indexOf('/', host + "://".length());
        int mark = target.indexOf('?');
        return mark >= 0 && mark < start ? -1 : start;
    }

    @Override
    public String path() {
        int start = pathStart();
        int mark = target.indexOf('?');
        return start < 0 ? target : target.substring(start, mark < 0 ? target.length() : mark);
    }

    @Override
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Returns the number of bytes of the body; -1 if only reading it would tell, or if the client waits to send it. */
    long bodyLength() {
        if (headers.containsKey("Transfer-Encoding") || headers.containsKey("Expect")) {
            return -1;
        }
        return Long.parseLong(headers.getOrDefault("Content-Length", "0"));
    }

    /** Returns whether the client wants to use the connection for more requests. */
    boolean keepsConnection() {
        String connection = headers.getOrDefault("Connection", "").toLowerCase(Locale.ROOT);
        return http11 ? !connection.contains("close") : connection.contains("keep-alive");
    }

    /** Returns a text as bytes of a head. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
