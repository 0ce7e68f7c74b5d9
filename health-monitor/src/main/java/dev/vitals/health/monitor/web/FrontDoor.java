package dev.vitals.health.monitor.web;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes before it gets a thread that may wait: the name of the host is checked, the body is there as a
 * whole, and so few requests run at once that threads are left for the monitor's own health; reads do not hold up changes,
 * such as renewals. What is answered goes out without a thread that waits for the reader. Thread-safe.
 */
final class FrontDoor extends Handler.Wrapper {
    /** The threads of the server. */
    static final int THREADS = 250;

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

    private final HostNames hosts;
    private final Sockets sockets;
    private final WholeBodies bodies;
    private final SlowReaders readers;
    private final Lane reads = new Lane();
    private final Lane changes = new Lane();

    FrontDoor(HostNames hosts, Sockets sockets, WholeBodies bodies, SlowReaders readers) {
        this.hosts = hosts;
        this.sockets = sockets;
        this.bodies = bodies;
        this.readers = readers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        if (!hosts.admit(request)) {
            refuse(request, response, callback, HostNames.REFUSED);
            return true;
        }
        if (sockets.isAskedFor(request)) {
            return open(request, response, callback);
        }
        SlowReaders.Outgoing outgoing = readers.outgoing(request, response, callback);
        if (!WholeBodies.hasBody(request)) {
            return pass(request, outgoing);
        }
        bodies.load(
                request, whole -> passLater(whole, outgoing), problem -> refuse(request, response, callback, problem));
        return true;
    }

    private boolean open(Request request, Response response, Callback callback) throws Exception {
        try {
            sockets.admit(request);
        } catch (ProblemException e) {
            refuse(request, response, callback, e.problem());
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void passLater(Request request, SlowReaders.Outgoing outgoing) {
        try {
            if (!pass(request, outgoing)) {
                outgoing.completion().failed(new IllegalStateException("no handler"));
            }
        } catch (Exception e) {
            Response.writeError(request, outgoing, outgoing.completion(), e);
        }
    }

    private boolean pass(Request request, SlowReaders.Outgoing outgoing) throws Exception {
        if (isOwnHealth(Request.getPathInContext(request))) {
            return super.handle(request, outgoing, outgoing.completion());
        }
        Lane lane = isRead(request) ? reads : changes;
        return switch (lane.enter(() -> runLater(lane, request, outgoing))) {
            case GO -> run(lane, request, outgoing);
            case WAIT -> true;
            case FULL -> {
                refuse(request, outgoing, outgoing.completion(), Problem.busy());
                yield true;
            }
        };
    }

    private boolean run(Lane lane, Request request, SlowReaders.Outgoing outgoing) throws Exception {
        try {
            return super.handle(request, outgoing, outgoing.completion());
        } finally {
            lane.leave(getServer().getThreadPool());
        }
    }

    private void runLater(Lane lane, Request request, SlowReaders.Outgoing outgoing) {
        try {
            run(lane, request, outgoing);
        } catch (Exception e) {
            Response.writeError(request, outgoing, outgoing.completion(), e);
        }
    }

    private static boolean isRead(Request request) {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }

    // These answer from memory: they take a thread for microseconds only.
    private static boolean isOwnHealth(String path) {
        return path.startsWith("/_");
    }

    /** Answers with the problem, and closes the connection if the request has not been read to its end. */
    private static void refuse(Request request, Response response, Callback callback, Problem problem) {
        log.debug("{} refused: {}", request.getMethod(), problem.detail());
        if (response.isCommitted()) {
            callback.failed(new IllegalStateException(problem.detail()));
            return;
        }
        response.setStatus(problem.status());
        problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        byte[] body = problem.bytes(request.getHttpURI().getPath(), null);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Requests of one kind, of which some run at once and the others wait, without a thread. */
    private static final class Lane {
        private static final int AT_ONCE = 64;
        private static final int MAX_WAITING = 1_000;

        // Both guarded by this.
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;

        private enum Entry {
            GO,
            WAIT,
            FULL
        }

        /** Returns whether to go on now; {@code later} is called if the answer is to wait. */
        synchronized Entry enter(Runnable later) {
            if (running < AT_ONCE) {
                running++;
                return Entry.GO;
            }
            if (waiting.size() == MAX_WAITING) {
                return Entry.FULL;
            }
            waiting.add(later);
            return Entry.WAIT;
        }

        /** Gives the place to the next one that waits. */
        void leave(Executor executor) {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    running--;
                }
            }
            if (next != null) {
                executor.execute(next);
            }
        }
    }
}
