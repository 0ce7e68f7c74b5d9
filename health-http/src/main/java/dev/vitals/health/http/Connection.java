package dev.vitals.health.http;

import dev.vitals.health.http.RequestHead.RefusedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a {@link HealthServer}: reads requests and writes answers, one after the other, on the thread that calls
 * {@link #serve}. Any thread may close it.
 */
final class Connection {
    private static final int MAX_BODY = 65_536;
    private static final long IDLE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    private final Socket plain;
    private final Protocol protocol;

    // Null while the server works on an answer, which has no deadline here: it waits at most for the timeout of a
    // check.
    private volatile @Nullable Wait pending;

    /** What all connections of a server have in common. */
    interface Protocol {
        /** Returns the socket over which to speak: the same, or TLS over it. No byte is read or written. */
        Socket secured(Socket plain) throws IOException;

        /** Answers a request. Does not throw. */
        HealthResponse answer(HealthRequest request);

        /** Returns how long a client may take for a request, and for reading its answer. */
        long requestNanos();
    }

    /** A time in which the client has to do something. */
    private record Wait(long since, long deadline) {}

    Connection(Socket plain, Protocol protocol) {
        this.plain = plain;
        this.protocol = protocol;
        waitForClient(protocol.requestNanos());
    }

    private void waitForClient(long nanos) {
        long now = System.nanoTime();
        pending = new Wait(now, now + nanos);
    }

    /** Returns for how long the server has been waiting for this client, in nanoseconds; -1 if it is not. */
    long waitedNanos(long now) {
        Wait current = pending;
        return current == null ? -1 : Math.max(0, now - current.since);
    }

    boolean isOverdue(long now) {
        Wait current = pending;
        return current != null && now - current.deadline > 0;
    }

    /** Closes the connection, whatever it waits for. */
    void close() {
        try {
            // The socket below TLS: closing TLS writes, and a client that does not read would make that wait.
            plain.close();
        } catch (IOException ignored) {
            // It is closed in any case.
        }
    }

    /** Answers requests until the client or the server closes the connection. */
    void serve() {
        try (plain;
                Socket socket = protocol.secured(plain)) {
            plain.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (answerNext(in, out)) {
                waitForClient(IDLE_NANOS);
                in.mark(1);
                if (in.read() < 0) {
                    return;
                }
                in.reset();
                waitForClient(protocol.requestNanos());
            }
            // Closing with unread bytes would reset the connection, and the client could lose the answer.
            socket.shutdownOutput();
            in.skipNBytes(MAX_BODY);
        } catch (IOException clientHasGone) {
            // Or its time was over; either way nobody reads an answer.
        }
    }

    /** Returns whether the connection can be used for another request. */
    private boolean answerNext(InputStream in, OutputStream out) throws IOException {
        RequestHead head;
        try {
            head = RequestHead.read(in);
        } catch (RefusedException refused) {
            write(out, HealthResponse.of(refused.problem, "no-store", false), false);
            return false;
        }
        if (head == null) {
            return false;
        }
        pending = null;
        HealthResponse answer = protocol.answer(head);
        waitForClient(protocol.requestNanos());
        long body = head.bodyLength();
        boolean keep = head.keepsConnection() && body >= 0 && body <= MAX_BODY;
        write(out, answer, keep);
        if (keep) {
            in.skipNBytes(body);
        }
        return keep;
    }

    /** Writes head and body at once, so that they leave in one packet. */
    private static void write(OutputStream out, HealthResponse answer, boolean keep) throws IOException {
        StringBuilder head = new StringBuilder(320)
                .append("HTTP/1.1 ")
                .append(answer.code())
                .append(' ')
                .append(REASONS.getOrDefault(answer.code(), "Unhealthy"))
                .append("\r\nDate: ")
                .append(DATE.format(InstantSource.system().instant().atOffset(ZoneOffset.UTC)))
                .append("\r\nConnection: ")
                .append(keep ? "keep-alive" : "close");
        answer.headers(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        byte[] bytes = RequestHead.bytes(head.append("\r\n\r\n").toString());
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + answer.bodyLength());
        all.write(bytes);
        answer.writeTo(all);
        all.writeTo(out);
        out.flush();
    }
}
