package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.IoFailure;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Uris;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls the HTTP API of a running monitor, which may itself be below a path. Thread-safe.
 *
 * <p>It stands on {@link HttpURLConnection}, which is loaded in a fraction of the time that {@code java.net.http} takes.
 */
final class MonitorApi {
    private static final int MAX_BYTES = 256 << 20;
    private static final int FIRST_ERROR = 400;
    private static final int OK = 200;
    private static final int NOT_ACCEPTABLE = 406;
    private static final String EVENTS = "text/event-stream";

    private final URI monitor;
    private final @Nullable String token;

    /**
     * Creates a client; no connection is made.
     *
     * @param token null to ask as anonymous
     */
    MonitorApi(URI monitor, @Nullable String token) {
        this.monitor = monitor;
        this.token = token;
    }

    /**
     * A request.
     *
     * @param body the JSON document; null for none
     * @param tag the entity tag that the caller has; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares requests
    record Request(
            String method,
            String path,
            byte @Nullable [] body,
            @Nullable String tag) {
        static Request get(String path) {
            return new Request("GET", path, null, null);
        }

        static Request delete(String path) {
            return new Request("DELETE", path, null, null);
        }

        static Request post(String path, Json.Writer body) {
            return new Request("POST", path, Json.write(body), null);
        }

        static Request put(String path, Json.Writer body) {
            return new Request("PUT", path, Json.write(body), null);
        }

        Request ifNoneMatch(String known) {
            return new Request(method, path, body, known);
        }
    }

    /**
     * A response.
     *
     * @param tag its entity tag; empty if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares responses
    record Response(int status, String tag, byte[] body) {
        /**
         * Returns the document.
         *
         * @throws RefusedException if the response is an error; the message has its details
         */
        JsonNode read() throws IOException {
            if (status < 200 || status > 299) {
                throw refused();
            }
            return document();
        }

        /** Returns the document, whatever the status. */
        JsonNode document() throws IOException {
            try {
                return Json.read(body);
            } catch (IOException notJson) {
                throw new IOException("the monitor answered " + status + " without JSON; check --url", notJson);
            }
        }

        RefusedException refused() {
            String advice = switch (status) {
                case 401 -> "; give a token by VITALS_TOKEN or --token-file, or use vitals login";
                case 403 -> "; use a token with a role that may do this";
                default -> "";
            };
            return new RefusedException(status, "the monitor answered " + status + ": " + details(body) + advice);
        }
    }

    /** Says that the monitor refused a request, and why. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * Sends a request with the token.
     *
     * @param timeout for the connection, and for each wait for bytes
     * @throws SocketTimeoutException if the monitor stays silent for the timeout
     * @throws IOException if there is no response
     */
    Response send(Request request, Duration timeout) throws IOException {
        HttpURLConnection http = connection(request, "application/json", timeout);
        if (request.tag() != null) {
            http.setRequestProperty("If-None-Match", request.tag());
        }
        try {
            return exchange(http, request.body());
        } catch (SocketTimeoutException e) {
            SocketTimeoutException timedOut = new SocketTimeoutException("no monitor answers at " + monitor
                    + ": timed out after " + timeout.toMillis() + " ms; a longer time is --timeout");
            timedOut.initCause(e);
            throw timedOut;
        } catch (IOException e) {
            throw new IOException("no monitor answers at " + monitor + ": " + IoFailure.withAdvice(e), e);
        }
    }

    private HttpURLConnection connection(Request request, String accept, Duration timeout) throws IOException {
        HttpURLConnection http = (HttpURLConnection)
                Uris.join(monitor.toString(), request.path()).toURL().openConnection();
        int millis = Math.toIntExact(Math.max(1, timeout.toMillis()));
        http.setConnectTimeout(millis);
        http.setReadTimeout(millis);
        http.setInstanceFollowRedirects(false);
        http.setUseCaches(false);
        http.setRequestMethod(request.method());
        http.setRequestProperty("Accept", accept);
        if (token != null) {
            http.setRequestProperty("Authorization", "Bearer " + token);
        }
        return http;
    }

    /**
     * Reads a stream of server-sent events until it ends, or until the reader of lines returns false.
     *
     * @param silence the longest time without a line
     * @param opened is called when the monitor has accepted
     * @param lines takes each line, without its end; returns whether to go on
     * @throws RefusedException if the monitor does not accept
     * @throws IOException if the connection breaks or is silent
     */
    void stream(String path, Duration silence, Runnable opened, Predicate<String> lines) throws IOException {
        HttpURLConnection http = connection(Request.get(path), EVENTS, silence);
        int status = http.getResponseCode();
        String type = http.getContentType();
        if (status != OK || type == null || !type.startsWith(EVENTS)) {
            int refused = status == OK ? NOT_ACCEPTABLE : status;
            http.disconnect();
            throw new RefusedException(refused, "the monitor has no stream at " + path + ": it answered " + status);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(http.getInputStream(), UTF_8))) {
            opened.run();
            String line = reader.readLine();
            while (line != null && lines.test(line)) {
                line = reader.readLine();
            }
        } finally {
            http.disconnect();
        }
    }

    private static Response exchange(HttpURLConnection http, byte @Nullable [] body) throws IOException {
        if (body != null) {
            http.setDoOutput(true);
            http.setRequestProperty("Content-Type", "application/json");
            http.getOutputStream().write(body);
        }
        int status = http.getResponseCode();
        String tag = http.getHeaderField("ETag");
        try (InputStream in = status >= FIRST_ERROR ? http.getErrorStream() : http.getInputStream()) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(MAX_BYTES);
            return new Response(status, tag == null ? "" : tag, bytes);
        }
    }

    /** Returns the text of a problem document, with all its fields. */
    static String details(byte[] body) {
        try {
            JsonNode problem = Json.read(body);
            StringBuilder text = new StringBuilder(problem.path("detail").asText("no details"));
            for (JsonNode error : problem.path("errors")) {
                text.append("; ").append(error.path("field").asText());
                text.append(" must be ").append(error.path("bound").asText());
                text.append(", was ")
                        .append(error.hasNonNull("value") ? error.path("value").asText() : "absent");
            }
            return text.toString();
        } catch (IOException notJson) {
            return "the response is not JSON";
        }
    }

    /** Returns the name as one segment of a path, or as the value of a query. */
    static String segment(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }
}
