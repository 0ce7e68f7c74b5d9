package dev.vitals.health.monitor.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A connection to one origin, which serves one attempt at a time. Confined to the event loop. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final double LEAST_SHARE_OF_AGE = 0.75;

    private final NetContext loop;
    private final Channel channel;
    private final Origin origin;
    private final TlsSettings tls;
    private final @Nullable Object key;
    private final AnswerDecoder decoder;
    private final long retiresAt;
    private boolean hasPlace;
    private boolean hasServed;
    private long lastUsed;
    private @Nullable HttpExchange current;
    private @Nullable AnswerReader reader;

    private HttpConnection(
            Channel channel,
            NetContext loop,
            Origin origin,
            TlsSettings tls,
            @Nullable Object key,
            AnswerDecoder decoder) {
        this.channel = channel;
        this.loop = loop;
        this.origin = origin;
        this.tls = tls;
        this.key = key;
        this.decoder = decoder;
        double share = ThreadLocalRandom.current().nextDouble(LEAST_SHARE_OF_AGE, 1);
        this.retiresAt = loop.nanoTime() + (long) (loop.maxAgeNanos() * share);
    }

    /** Speaks HTTP on an open channel; keeps it for that key, if there is one and a place is free. */
    static HttpConnection on(Channel channel, NetContext loop, Origin origin, TlsSettings tls, @Nullable Object key) {
        AnswerDecoder decoder = new AnswerDecoder();
        HttpConnection connection = new HttpConnection(channel, loop, origin, tls, key, decoder);
        connection.hasPlace = key != null && loop.shelf.takePlace();
        if (channel.pipeline().get(HandshakeErrorSink.class) != null) {
            channel.pipeline().remove(HandshakeErrorSink.INSTANCE);
        }
        channel.pipeline().addLast(decoder, connection);
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
        return channel.isActive() && origin.equals(other) && tls == otherTls && loop.nanoTime() - retiresAt < 0;
    }

    void send(HttpExchange attempt) {
        current = attempt;
        reader = null;
        lastUsed = loop.nanoTime();
        attempt.trace.sent = lastUsed;
        attempt.trace.enter(Phase.ANSWERING);
        decoder.expect(attempt.call().method);
        var unused = channel.writeAndFlush(
                RequestBytes.of(attempt.call(), attempt.hop(), hasPlace, channel.alloc()), channel.voidPromise());
    }

    void close() {
        var unused = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            HttpExchange attempt = current;
            if (attempt == null || attempt.settled()) {
                // Nobody asked for it: whatever it is, the next answer could not be told from it.
                close();
            } else {
                read(attempt, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpExchange attempt, Object message) {
        if (message instanceof HttpResponse head) {
            if (head.decoderResult().isFailure()) {
                attempt.fail(FailureMessages.noHttp(attempt.trace.phase()));
                return;
            }
            if (reader == null) {
                attempt.trace.firstByte = loop.nanoTime();
                attempt.trace.enter(Phase.READING);
            }
            reader = new AnswerReader(head, attempt.call().maxBodyBytes);
        }
        if (message instanceof HttpContent content && reader != null) {
            if (content.decoderResult().isFailure()) {
                attempt.fail(FailureMessages.noHttp(Phase.READING));
                return;
            }
            reader.take(content);
            if (reader.whole()) {
                answered(attempt, reader);
            }
        }
    }

    private void answered(HttpExchange attempt, AnswerReader whole) {
        if (whole.interim()) {
            if (whole.switchesProtocol()) {
                attempt.fail(FailureMessages.noHttp(Phase.READING));
            }
            return;
        }
        current = null;
        reader = null;
        hasServed = true;
        if (!(whole.keepAlive() && hasPlace && key != null && loop.shelf.put(key, this))) {
            close();
        }
        attempt.answered(whole.answer());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (hasPlace) {
            hasPlace = false;
            loop.shelf.givePlaceBack();
        }
        HttpExchange attempt = current;
        current = null;
        if (attempt != null) {
            lost(attempt, FailureMessages.closed(attempt.trace.phase()));
        } else if (key != null) {
            loop.shelf.remove(key, this);
        }
    }

    private void lost(HttpExchange attempt, Failure failure) {
        if (attempt.settled()) {
            return;
        }
        boolean stale = hasServed && reader == null && failure.reason() == Failure.Reason.CLOSED;
        if (stale) {
            attempt.again();
        } else {
            attempt.fail(failure);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        HttpExchange attempt = current;
        current = null;
        close();
        if (attempt != null) {
            lost(attempt, FailureMessages.of(cause, attempt.trace.phase(), attempt.host()));
        }
    }
}
