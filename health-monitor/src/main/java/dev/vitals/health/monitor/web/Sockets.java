package dev.vitals.health.monitor.web;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.SerialExecutor;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.stream.Samples;
import dev.vitals.health.monitor.stream.Topics;
import dev.vitals.health.monitor.web.SocketGuard.Recheck;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All WebSockets of the monitor: admits them, gives up those that do not say who they are or that fall silent, answers bad
 * messages, and closes all at the end. Thread-safe.
 */
public final class Sockets implements AutoCloseable {
    /** The most sockets at once. */
    static final int MAX_OPEN = 4_000;

    /** The time in which a client without a token in a header must send one. */
    static final Duration TIME_FOR_TOKEN = Duration.ofSeconds(5);

    /** The time between two pings. */
    static final Duration PING_INTERVAL = Duration.ofSeconds(15);

    /** A client that has sent nothing for so long, not even a pong, has gone. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(45);

    private static final Logger log = LoggerFactory.getLogger(Sockets.class);
    private static final String ADMISSION = Sockets.class.getName();
    private static final int MAX_ERRORS = 10;
    private static final String TOKEN = "text of 1 to 200 characters";

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final SerialExecutor rounds = new SerialExecutor("monitor-sockets-");
    private final Map<String, Protocol> protocols;
    private final Scheduler scheduler;
    private final Scheduler.Cancellation repeated;
    private @Nullable SocketGuard guard;

    /** What a socket of one path says. Called for one message of a socket at a time. */
    interface Protocol {
        /** Returns the types of messages that it takes, for people. */
        String types();

        /** A client was admitted. */
        void admitted(Socket socket);

        /** Answers a message; returns false if it does not know the type. May throw a problem. */
        boolean take(Socket socket, String type, Fields fields);

        /** A client that was admitted has gone. */
        void gone(Socket socket);
    }

    /** Returns the sockets of events and of measurements. */
    public static Sockets of(Topics topics, Samples samples, Scheduler scheduler) {
        return new Sockets(
                Map.of(
                        StreamRoutes.EVENTS,
                        new EventProtocol(topics),
                        StreamRoutes.METRICS,
                        new MetricProtocol(topics, samples)),
                scheduler);
    }

    /** Serves these paths, each by its protocol. */
    private Sockets(Map<String, Protocol> protocols, Scheduler scheduler) {
        this.protocols = Map.copyOf(protocols);
        this.scheduler = scheduler;
        repeated = scheduler.repeat(this::startRound, PING_INTERVAL);
    }

    /** Returns the handler that opens sockets. The callers are those of the gatekeeper. */
    WebSocketUpgradeHandler handler(Gatekeeper gatekeeper) {
        guard = new SocketGuard(gatekeeper);
        WebSocketUpgradeHandler handler = new WebSocketUpgradeHandler(upgrade ->
                protocols.forEach((path, protocol) -> upgrade.addMapping(path, (request, response, callback) -> {
                    // Compressing for each reader apart would cost more than the bytes.
                    response.setExtensions(List.of());
                    Admission admission = (Admission) request.getAttribute(ADMISSION);
                    Client client = new Client(protocol, admission == null ? null : admission.recheck());
                    return new Socket(client, scheduler::nanoTime, Gatekeeper.address(Request.getRemoteAddr(request)));
                })));
        // It comes with one that answers 404 to all others.
        handler.setHandler((Handler) null);
        return handler;
    }

    private record Admission(@Nullable Recheck recheck) {}

    /** Returns whether the request asks to open a socket here. */
    boolean isAskedFor(Request request) {
        return protocols.containsKey(Request.getPathInContext(request))
                && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    }

    /** Admits the request to open a socket. Throws a problem if it must not. */
    void admit(Request request) {
        if (guard == null) {
            throw new IllegalStateException("the handler comes first");
        }
        if (open.get() >= MAX_OPEN) {
            throw Problem.of(503, MAX_OPEN + " WebSockets are open, which is the limit")
                    .exception();
        }
        request.setAttribute(ADMISSION, new Admission(guard.admit(request).orElse(null)));
    }

    /** Returns the number of open sockets. */
    public int open() {
        return open.get();
    }

    private void startRound() {
        try {
            // The scheduler's thread must not write to thousands of connections.
            rounds.execute(() -> clients.forEach(Client::round));
        } catch (RejectedExecutionException closed) {
            log.debug("no pings: closed");
        }
    }

    /** Closes all sockets, and takes no time for it. */
    @Override
    public void close() {
        repeated.cancel();
        clients.forEach(client -> client.close(CloseStatus.SHUTDOWN, "the monitor stops"));
        rounds.close();
    }

    private record ErrorAnswer(String type, String detail, List<FieldError> errors) {}

    private record Welcome(String type, String name) {}

    private record Pong(String type) {}

    /** The client of one socket. */
    private final class Client implements Socket.Owner {
        private final Protocol protocol;
        private volatile @Nullable Socket socket;
        private volatile @Nullable Recheck recheck;
        private volatile Scheduler.@Nullable Cancellation limit;
        // One message is taken at a time.
        private int errors;

        Client(Protocol protocol, @Nullable Recheck recheck) {
            this.protocol = protocol;
            this.recheck = recheck;
        }

        @Override
        public void opened(Socket opened) {
            socket = opened;
            clients.add(this);
            open.incrementAndGet();
            Recheck known = recheck;
            if (known == null) {
                limit = scheduler.schedule(this::giveUp, TIME_FOR_TOKEN);
            } else {
                welcome(opened, known, true);
            }
        }

        private void giveUp() {
            if (recheck == null) {
                close(
                        CloseStatus.POLICY_VIOLATION,
                        "no token in the header and none in a message within " + TIME_FOR_TOKEN.toSeconds() + " s");
            }
        }

        private void welcome(Socket to, Recheck known, boolean first) {
            String name = known.now().map(caller -> caller.actor().name()).orElse("");
            to.send(ByteBuffer.wrap(JsonResponse.bytes(new Welcome("welcome", name))));
            if (first) {
                protocol.admitted(to);
            }
        }

        @Override
        public void received(Socket from, byte[] text) {
            try {
                take(from, RequestBody.fields(text));
            } catch (InvalidFieldsException e) {
                refuse(from, Problem.badFields(e.errors()));
            } catch (ProblemException e) {
                refuse(from, e.problem());
            } catch (RuntimeException e) {
                log.warn("a message of {} could not be answered", from.address(), e);
                refuse(from, Problem.of(500, "the monitor failed to answer; its log says why"));
            }
        }

        private void take(Socket from, Fields fields) {
            String type = fields.required("type", "text", any -> true);
            fields.errors().check();
            if (recheck == null || type.equals("authenticate")) {
                authenticate(from, type, fields);
            } else if (type.equals("ping")) {
                from.send(ByteBuffer.wrap(JsonResponse.bytes(new Pong("pong"))));
            } else if (!protocol.take(from, type, fields)) {
                throw Problem.badField("type", type, protocol.types());
            }
        }

        private void authenticate(Socket from, String type, Fields fields) {
            if (!type.equals("authenticate")) {
                throw Problem.badField("type", type, "authenticate, with a token, in the first message");
            }
            String token = fields.requiredSecret("token", TOKEN, text -> !text.isBlank() && text.length() <= 200)
                    .reveal();
            fields.errors().check();
            SocketGuard admits = guard;
            if (admits == null) {
                throw new IllegalStateException("the handler comes first");
            }
            try {
                Recheck known = admits.byToken(token, from.address());
                boolean first = recheck == null;
                recheck = known;
                Scheduler.Cancellation planned = limit;
                if (planned != null) {
                    planned.cancel();
                }
                welcome(from, known, first);
            } catch (ProblemException e) {
                refuse(from, e.problem());
                from.close(CloseStatus.POLICY_VIOLATION, "the token was refused");
            }
        }

        private void refuse(Socket from, Problem problem) {
            from.send(
                    ByteBuffer.wrap(JsonResponse.bytes(new ErrorAnswer("error", problem.detail(), problem.errors()))));
            errors++;
            if (errors >= MAX_ERRORS) {
                from.close(CloseStatus.POLICY_VIOLATION, MAX_ERRORS + " messages were refused");
            }
        }

        /** Cuts a client that has gone, closes one that lost its permission, and pings the others. */
        void round() {
            Socket known = socket;
            if (known == null) {
                return;
            }
            if (scheduler.nanoTime() - known.heardAt() > MAX_SILENCE.toNanos()) {
                log.debug("the WebSocket of {} is cut: nothing heard for {}", known.address(), MAX_SILENCE);
                known.cut();
            } else if (isStillAdmitted()) {
                known.ping();
            } else {
                known.close(CloseStatus.POLICY_VIOLATION, "the token or session is not valid any more");
            }
        }

        private boolean isStillAdmitted() {
            Recheck known = recheck;
            try {
                Optional<Principal> caller = known == null ? Optional.empty() : known.now();
                return known == null || caller.isPresent();
            } catch (ProblemException e) {
                log.debug("no longer admitted: {}", e.problem().detail());
                return false;
            }
        }

        void close(int code, String reason) {
            Socket known = socket;
            if (known != null) {
                known.close(code, reason);
            }
        }

        @Override
        public void closed(Socket gone) {
            if (clients.remove(this)) {
                open.decrementAndGet();
            }
            Scheduler.Cancellation planned = limit;
            if (planned != null) {
                planned.cancel();
            }
            if (recheck != null) {
                protocol.gone(gone);
            }
        }
    }
}
