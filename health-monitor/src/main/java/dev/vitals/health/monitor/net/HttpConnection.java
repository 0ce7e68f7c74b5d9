package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.net.RequestTarget.Origin;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A connection to one origin, for one exchange at a time. Confined to the event loop. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final double MIN_SHARE_OF_AGE = 0.75;
    private static final int MAX_INTERIM = 10;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int MISDIRECTED = 421;

    private final NetContext context;
    private final Channel channel;
    private final Origin origin;
    private final TlsSettings tls;
    private final @Nullable Object key;
    private final AnswerReader.Decoder decoder;
    private final long expiresAt;
    private boolean hasSlot;
    private boolean hasAnswered;
    private int lastStatus;
    private int interim;
    private long lastUsed;
    private @Nullable HttpExchange current;
    private @Nullable AnswerReader reader;

    private HttpConnection(Channel channel, NetContext context, Origin origin, HttpCall call, @Nullable Object key) {
        this.channel = channel;
        this.context = context;
        this.origin = origin;
        this.tls = call.tls;
        this.key = key;
        this.decoder = new AnswerReader.Decoder();
        // Different ages, so that connections that were opened together are not all replaced together.
        double share = ThreadLocalRandom.current().nextDouble(MIN_SHARE_OF_AGE, 1);
        this.expiresAt = context.nanoTime() + (long) (Math.min(context.maxAgeNanos(), call.maxAge.toNanos()) * share);
    }

    /** Starts HTTP on an open channel. The connection is kept for the key, if there is one and a slot is free. */
    static HttpConnection on(Channel channel, NetContext context, Origin origin, HttpCall call, @Nullable Object key) {
        HttpConnection connection = new HttpConnection(channel, context, origin, call, key);
        connection.hasSlot = key != null && context.pool.reserveSlot();
        channel.pipeline().addLast(connection.decoder, connection);
        return connection;
    }

    Channel channel() {
        return channel;
    }

    long lastUsed() {
        return lastUsed;
    }

    @Nullable
    InetSocketAddress address() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    boolean serves(Origin other, TlsSettings otherTls) {
        long now = context.nanoTime();
        return channel.isActive()
                && origin.equals(other)
                && tls == otherTls
                && now - expiresAt < 0
                && now - lastUsed < context.maxUnusedNanos();
    }

    /** Returns whether a request waits for the first byte of its answer, on a connection that answered before. */
    boolean isSilent() {
        return current != null && hasAnswered && reader == null;
    }

    void send(HttpExchange exchange) {
        current = exchange;
        reader = null;
        interim = 0;
        lastUsed = context.nanoTime();
        exchange.timings.sentAt(lastUsed);
        decoder.expectAnswerTo(exchange.call());
        var unused = channel.writeAndFlush(
                exchange.target().request(exchange.call(), hasSlot, channel.alloc()), channel.voidPromise());
    }

    void close() {
        var unused = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext handler, Object message) {
        try {
            HttpExchange exchange = current;
            if (exchange == null || exchange.hasEnded()) {
                // Nobody waits for this message, and it could be mistaken for the next answer.
                close();
            } else {
                read(exchange, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpExchange exchange, Object message) {
        if (message instanceof HttpResponse head) {
            exchange.heardFrom(this);
            if (head.decoderResult().isFailure()) {
                exchange.fail(Failure.invalidHttp(
                        exchange.timings.phase(), head.decoderResult().cause()));
                return;
            }
            if (reader == null) {
                exchange.timings.firstByteAt(context.nanoTime());
            }
            reader = new AnswerReader(head, exchange.call().maxBodyBytes);
        }
        if (message instanceof HttpContent content && reader != null) {
            if (content.decoderResult().isFailure()) {
                exchange.fail(Failure.invalidHttp(
                        Timings.Phase.READING, content.decoderResult().cause()));
                return;
            }
            reader.add(content);
            if (reader.isComplete()) {
                answered(exchange, reader);
            }
        }
    }

    private void answered(HttpExchange exchange, AnswerReader complete) {
        if (complete.isInterim()) {
            if (complete.switchesProtocol()) {
                exchange.fail(Failure.invalidHttp(Timings.Phase.READING, null));
            } else if (++interim > MAX_INTERIM) {
                exchange.fail(Failure.endless("the response has more than " + MAX_INTERIM + " interim responses"));
            }
            return;
        }
        current = null;
        reader = null;
        boolean reused = hasAnswered;
        hasAnswered = true;
        int status = complete.status();
        if (reused && (status == REQUEST_TIMEOUT || status == MISDIRECTED)) {
            // It says something of this connection, not of the target.
            close();
            exchange.retry();
            return;
        }
        // An answer that has changed may be limited to this connection, so the next call opens a new one.
        boolean changed = reused && status != lastStatus;
        lastStatus = status;
        boolean keeps = !changed && !decoder.hasTwoLengths() && complete.keepsConnection() && hasSlot;
        if (!(keeps && key != null && context.pool.put(key, this))) {
            close();
        }
        exchange.answered(complete.answer());
    }

    @Override
    public void channelInactive(ChannelHandlerContext handler) {
        if (hasSlot) {
            hasSlot = false;
            context.pool.releaseSlot();
        }
        HttpExchange exchange = current;
        current = null;
        if (exchange != null) {
            lost(exchange, Failure.closed(exchange.timings.phase()));
        } else if (key != null) {
            context.pool.remove(key, this);
        }
    }

    private void lost(HttpExchange exchange, Failure failure) {
        boolean stale = hasAnswered && reader == null && failure.reason() == Failure.Reason.CLOSED;
        exchange.lost(this, stale, failure);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
        HttpExchange exchange = current;
        current = null;
        close();
        if (exchange != null) {
            lost(exchange, Failure.of(cause, exchange.timings.phase(), exchange.host()));
        }
    }
}
