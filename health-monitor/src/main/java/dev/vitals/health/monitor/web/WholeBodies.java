package dev.vitals.health.monitor.web;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.Selection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bodies of requests as they come, and passes on each when it is whole: no thread waits for a body. A body has
 * 10 s, and all bodies together have an eighth of the heap; the one that has come for the longest time yields. Thread-safe.
 */
final class WholeBodies {
    /** The time for one body, from its first byte to its last. */
    static final Duration TIME = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(WholeBodies.class);
    private static final Map<String, String> CLOSE = Map.of("Connection", "close");

    private final Scheduler scheduler;
    private final long maxBytes;
    // Both guarded by this. In the order of their beginning.
    private final Set<Body> coming = new LinkedHashSet<>();
    private long bytes;

    /**
     * Creates a holder of no bodies.
     *
     * @param maxBytes of all bodies that are not whole yet
     */
    WholeBodies(Scheduler scheduler, long maxBytes) {
        this.scheduler = scheduler;
        this.maxBytes = maxBytes;
    }

    /** Returns whether the request announces a body. */
    static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /**
     * Reads the body of a request. Calls one of the two, once, on any thread.
     *
     * @param whole takes the request with its body in memory
     * @param refused takes the reason if the body does not come as a whole
     */
    void load(Request request, Consumer<Request> whole, Consumer<Problem> refused) {
        Body body = new Body(request, whole, refused);
        if (request.getLength() > Selection.MAX_BYTES) {
            refused.accept(tooLong());
            return;
        }
        synchronized (this) {
            coming.add(body);
        }
        body.timeout = scheduler.schedule(() -> body.refuse(tooSlow()), TIME);
        body.run();
    }

    private static Problem tooLong() {
        String detail = "the body is longer than " + Selection.MAX_BYTES / 1024 + " KiB";
        return new Problem(413, detail, CLOSE, List.of());
    }

    private static Problem tooSlow() {
        String detail = "the body did not come within " + TIME.toSeconds() + " s";
        return new Problem(408, detail, CLOSE, List.of());
    }

    private static Problem broken(Throwable failure) {
        String why = failure instanceof HttpException bad ? bad.getReason() : "it ends too early";
        return new Problem(400, "the body is broken: " + why, CLOSE, List.of());
    }

    private static Problem tooMany() {
        return new Problem(
                503, "too many bodies at once", Map.of("Connection", "close", "Retry-After", "1"), List.of());
    }

    /** Counts bytes that have come; returns a body that must yield, or null. */
    private synchronized @Nullable Body count(Body body, int more) {
        if (coming.contains(body)) {
            body.counted += more;
            bytes += more;
        }
        return bytes > maxBytes ? coming.iterator().next() : null;
    }

    private synchronized boolean remove(Body body) {
        if (!coming.remove(body)) {
            return false;
        }
        bytes -= body.counted;
        return true;
    }

    /** A body that comes. One thread at a time reads it. */
    private final class Body implements Runnable {
        private final Request request;
        private final Consumer<Request> whole;
        private final Consumer<Problem> refused;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private long counted;
        private volatile Scheduler.Cancellation timeout = () -> {};

        Body(Request request, Consumer<Request> whole, Consumer<Problem> refused) {
            this.request = request;
            this.whole = whole;
            this.refused = refused;
        }

        @Override
        public void run() {
            for (Content.Chunk chunk = request.read(); ; chunk = request.read()) {
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    log.debug("a body is broken: {}", String.valueOf(chunk.getFailure()));
                    refuse(broken(chunk.getFailure()));
                    return;
                }
                boolean last = chunk.isLast();
                boolean goOn = take(chunk.getByteBuffer());
                chunk.release();
                if (!goOn) {
                    return;
                }
                if (last) {
                    finish();
                    return;
                }
            }
        }

        private boolean take(ByteBuffer buffer) {
            byte[] more = new byte[buffer.remaining()];
            buffer.get(more);
            content.writeBytes(more);
            if (content.size() > Selection.MAX_BYTES) {
                refuse(tooLong());
                return false;
            }
            Body oldest = count(this, more.length);
            if (oldest != null) {
                oldest.refuse(tooMany());
            }
            return oldest != this;
        }

        private void finish() {
            if (remove(this)) {
                timeout.cancel();
                whole.accept(new WholeRequest(request, content.toByteArray()));
            }
        }

        void refuse(Problem problem) {
            if (remove(this)) {
                timeout.cancel();
                refused.accept(problem);
            }
        }
    }

    /** A request whose body is in memory. */
    private static final class WholeRequest extends Request.Wrapper {
        private final Content.Source body;

        WholeRequest(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
