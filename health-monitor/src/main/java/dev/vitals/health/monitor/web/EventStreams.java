package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Streams of server-sent events, all with the same content: an event is made once, and its bytes go to every viewer. A viewer
 * that is slower than the events is ended, and begins anew; the others do not notice. Thread-safe.
 *
 * <p>Source: HTML Standard, section 9.2.
 */
public final class EventStreams {
    private static final int MAX_VIEWERS = 1_000;
    private static final int MAX_WAITING_BYTES = 256 * 1024;
    private static final String ALIVE = "event: alive\ndata:\n\n";

    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

    /** Returns an event; line breaks in the data are kept. */
    public static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data.replace("\r", "").replace("\n", "\ndata: ") + "\n\n";
    }

    /**
     * Answers a request with the stream. Throws a problem if there are too many viewers.
     *
     * @param first the first bytes
     */
    public void add(Context context, byte[] first) {
        if (viewers.size() >= MAX_VIEWERS) {
            throw Problem.busy().exception();
        }
        context.contentType("text/event-stream").header("X-Accel-Buffering", "no");
        if (context.method().equals(HandlerType.HEAD)) {
            return;
        }
        Viewer viewer = new Viewer();
        viewer.offer(first);
        viewers.add(viewer);
        SlowReaders.Outgoing.of(context).stream(viewer);
    }

    /** Returns the number of viewers. */
    public int viewers() {
        return viewers.size();
    }

    /** Sends one or more events to all viewers. */
    public void send(String events) {
        byte[] bytes = events.getBytes(UTF_8);
        viewers.forEach(viewer -> viewer.offer(bytes));
    }

    /** Shows the viewers, and all between here and them, that the stream is alive. */
    public void keepAlive() {
        send(ALIVE);
    }

    /** Ends all streams. */
    public void end() {
        viewers.forEach(Viewer::end);
    }

    private final class Viewer implements AnswerSource {
        // All guarded by this, which is not held while others' code runs.
        private final Deque<byte[]> waiting = new ArrayDeque<>();
        private int bytes;
        private boolean ended;
        private Runnable ask = () -> {};

        void offer(byte[] event) {
            Runnable told;
            synchronized (this) {
                if (bytes + event.length > MAX_WAITING_BYTES && bytes > 0) {
                    ended = true;
                } else {
                    waiting.add(event);
                    bytes += event.length;
                }
                told = ask;
            }
            told.run();
        }

        void end() {
            Runnable told;
            synchronized (this) {
                ended = true;
                told = ask;
            }
            told.run();
        }

        @Override
        public synchronized void onMore(Runnable more) {
            ask = more;
        }

        @Override
        public synchronized @Nullable ByteBuffer next() {
            if (ended) {
                return null;
            }
            ByteBuffer all = ByteBuffer.allocate(bytes);
            waiting.forEach(all::put);
            waiting.clear();
            bytes = 0;
            return all.flip();
        }

        @Override
        public long heldBytes() {
            return 0;
        }

        @Override
        public void close() {
            viewers.remove(this);
        }
    }
}
