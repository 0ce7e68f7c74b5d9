package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.stream.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open WebSocket. What it sends waits in a bounded queue and leaves without a thread that waits; if the queue is full, the
 * connection is cut. Text messages of up to 4 KiB go to the owner, one at a time. Thread-safe.
 */
final class Socket implements FrameHandler, Topics.Subscriber {
    /** The maximum length of a message from the client in bytes. */
    static final int MAX_MESSAGE = 4 * 1024;

    /** The most frames that wait for a slow reader. */
    static final int MAX_WAITING = 1_000;

    /** The most bytes that wait for a slow reader. */
    static final int MAX_WAITING_BYTES = 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Socket.class);

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Outgoing outgoing = new Outgoing();
    private final Owner owner;
    private final LongSupplier nanoTime;
    private final String address;
    private volatile @Nullable CoreSession session;
    private volatile boolean closed;
    private volatile long heardAt;

    /** Learns of what happens to the socket. Its methods must not block. */
    interface Owner {
        /** The socket is open. */
        void opened(Socket socket);

        /** A whole text message arrived. */
        void received(Socket socket, byte[] text);

        /** The socket is closed, whoever closed it. Called once. */
        void closed(Socket socket);
    }

    /**
     * Creates a socket that is not open yet.
     *
     * @param nanoTime elapsed time
     * @param address the client's, for the log
     */
    Socket(Owner owner, LongSupplier nanoTime, String address) {
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.address = address;
        this.heardAt = nanoTime.getAsLong();
    }

    /** Returns the client's address. */
    String address() {
        return address;
    }

    /** Returns when the client sent anything last, in nanoseconds of the elapsed time. */
    long heardAt() {
        return heardAt;
    }

    /** Returns whether the connection has ended. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void take(ByteBuffer json) {
        send(json);
    }

    /** Sends a text frame; does nothing if the socket is closed. The buffer must not be used again. */
    void send(ByteBuffer json) {
        outgoing.add(new Frame(OpCode.TEXT, json));
    }

    /** Asks the client for a sign of life. */
    void ping() {
        outgoing.add(new Frame(OpCode.PING));
    }

    /** Closes after what waits has left. The reason is for people, up to 100 ASCII characters. */
    void close(int code, String reason) {
        outgoing.add(CloseStatus.toFrame(code, reason));
    }

    /** Cuts the connection. */
    void cut() {
        CoreSession open = session;
        outgoing.abort(new ClosedChannelException());
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        callback.succeeded();
        owner.opened(this);
        outgoing.iterate();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        heardAt = nanoTime.getAsLong();
        boolean more = true;
        switch (frame.getOpCode()) {
            case OpCode.PING -> outgoing.add(new Frame(OpCode.PONG, copy(frame)));
            case OpCode.TEXT, OpCode.CONTINUATION -> take(frame);
            case OpCode.BINARY -> {
                close(CloseStatus.BAD_DATA, "only text messages are taken");
                more = false;
            }
            case OpCode.CLOSE -> more = false;
            default -> {
                // A pong: the client lives.
            }
        }
        callback.succeeded();
        CoreSession open = session;
        if (more && open != null) {
            open.demand();
        }
    }

    private static ByteBuffer copy(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        return ByteBuffer.allocate(payload.remaining()).put(payload.slice()).flip();
    }

    private void take(Frame frame) {
        ByteBuffer payload = frame.getPayload().slice();
        if (message.size() + payload.remaining() > MAX_MESSAGE) {
            message.reset();
            close(CloseStatus.MESSAGE_TOO_LARGE, "a message must be of up to " + MAX_MESSAGE + " bytes");
            return;
        }
        byte[] part = new byte[payload.remaining()];
        payload.get(part);
        message.writeBytes(part);
        if (frame.isFin()) {
            byte[] whole = message.toByteArray();
            message.reset();
            owner.received(this, whole);
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        log.debug("the WebSocket of {} failed: {}", address, cause.toString());
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closed = true;
        session = null;
        outgoing.abort(new ClosedChannelException());
        callback.succeeded();
        owner.closed(this);
    }

    /** The frames that wait, and the one that is leaving. */
    private final class Outgoing extends IteratingCallback {
        // All guarded by waiting.
        private final Deque<Frame> waiting = new ArrayDeque<>();
        private int bytes;
        private boolean ended;

        void add(Frame frame) {
            boolean full;
            int frames;
            synchronized (waiting) {
                if (ended) {
                    return;
                }
                frames = waiting.size();
                full = frames >= MAX_WAITING || bytes + frame.getPayloadLength() > MAX_WAITING_BYTES;
                if (full) {
                    ended = true;
                    waiting.clear();
                } else {
                    waiting.add(frame);
                    bytes += frame.getPayloadLength();
                    // Nothing follows a close.
                    ended = frame.getOpCode() == OpCode.CLOSE;
                }
            }
            if (full) {
                log.info("the WebSocket of {} is cut: it reads too slowly, {} frames wait", address, frames);
                cut();
            } else {
                iterate();
            }
        }

        @Override
        protected Action process() {
            CoreSession open = session;
            if (open == null) {
                return Action.IDLE;
            }
            Frame next;
            synchronized (waiting) {
                next = waiting.poll();
                bytes -= next == null ? 0 : next.getPayloadLength();
            }
            if (next == null) {
                return Action.IDLE;
            }
            open.sendFrame(next, this, false);
            return Action.SCHEDULED;
        }
    }
}
