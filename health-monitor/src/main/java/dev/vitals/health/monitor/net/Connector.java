package dev.vitals.health.monitor.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection for an exchange: finds the addresses, asks the guard about each, and connects to the first one that
 * accepts. It connects to exactly the addresses that the guard has seen. Confined to the event loop.
 */
final class Connector implements Resolver.Listener, HandshakeLimiter.Waiter {
    private static final long MAX_PERMIT_MILLIS = 1_000;

    private final NetContext context;
    private final Exchange exchange;
    private final String host;
    private final int port;
    private final List<InetSocketAddress> addresses = new ArrayList<>(2);
    private int next;
    private boolean cancelled;
    private @Nullable Future<?> permitEnd;

    Connector(Exchange exchange, String host, int port) {
        this.context = exchange.context;
        this.exchange = exchange;
        this.host = host;
        this.port = port;
    }

    void begin() {
        exchange.timings.enter(Timings.Phase.RESOLVING);
        context.resolver.resolve(host, this);
    }

    @Override
    public boolean hasEnded() {
        return cancelled || exchange.hasEnded();
    }

    /** Ends without a connection and without a failure: the exchange has another connection. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void resolved(InetAddress @Nullable [] found, boolean tooMany) {
        if (hasEnded()) {
            return;
        }
        exchange.timings.resolvedAt(context.nanoTime());
        if (tooMany) {
            exchange.fail(Failure.notTried(Timings.Phase.RESOLVING, "too many names wait for a lookup"));
        } else if (found == null || found.length == 0) {
            exchange.fail(Failure.unknownHost(host));
        } else {
            connectToAllowed(found);
        }
    }

    private void connectToAllowed(InetAddress[] found) {
        String refusal = "";
        for (InetAddress one : familiesInTurn(found)) {
            InetSocketAddress address = new InetSocketAddress(one, port);
            Optional<String> why = exchange.guard().refusal(address);
            if (why.isEmpty()) {
                addresses.add(address);
            } else {
                refusal = why.get();
                exchange.timings.trying(address);
            }
        }
        if (addresses.isEmpty()) {
            exchange.fail(Failure.blocked(refusal));
        } else if (exchange.tls() == null) {
            connect();
        } else {
            exchange.timings.enter(Timings.Phase.WAITING);
            context.handshakeLimiter.acquire(this);
        }
    }

    /** Returns all addresses, those of both families in turn: one family may have no route at all. */
    private static List<InetAddress> familiesInTurn(InetAddress[] found) {
        List<InetAddress> first = new ArrayList<>(found.length);
        List<InetAddress> second = new ArrayList<>();
        for (InetAddress address : found) {
            (address.getClass() == found[0].getClass() ? first : second).add(address);
        }
        for (int i = 0; i < second.size(); i++) {
            first.add(Math.min(first.size(), 2 * i + 1), second.get(i));
        }
        return first;
    }

    /** Continues with TLS. A handshake that is slow or hangs returns its permit after a second. */
    @Override
    public void acquired() {
        permitEnd = context.eventLoop().schedule(this::releasePermit, MAX_PERMIT_MILLIS, TimeUnit.MILLISECONDS);
        connect();
    }

    private void releasePermit() {
        Future<?> planned = permitEnd;
        if (planned != null) {
            permitEnd = null;
            planned.cancel(false);
            context.handshakeLimiter.release();
        }
    }

    private void connect() {
        exchange.timings.enter(Timings.Phase.CONNECTING);
        if (!context.hasRoom()) {
            exchange.fail(Failure.notTried(
                    Timings.Phase.CONNECTING,
                    "all " + context.maxOpen() + " connections are in use; raise the limit of open files"));
            releasePermit();
            return;
        }
        InetSocketAddress address = addresses.get(next++);
        exchange.timings.trying(address);
        SocketChannel channel = open();
        if (channel == null) {
            releasePermit();
            return;
        }
        exchange.owns(channel);
        var unused = context.eventLoop().register(channel);
        channel.connect(address).addListener(future -> connected((ChannelFuture) future));
    }

    private @Nullable SocketChannel open() {
        try {
            NioSocketChannel channel = new NioSocketChannel();
            context.opened(channel);
            // An address that does not answer must leave time for the next one. The last one has all the time left.
            int left = addresses.size() - next;
            long share = left == 0 ? 0 : Math.max(1, exchange.remaining().toMillis() / (left + 1));
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) share);
            return channel;
        } catch (RuntimeException e) {
            // Netty wraps the IOException of a process without a free file descriptor.
            exchange.fail(Failure.connecting(e.getCause() == null ? e : e.getCause(), host));
            return null;
        }
    }

    private void connected(ChannelFuture future) {
        Channel channel = future.channel();
        if (hasEnded()) {
            releasePermit();
            var unused = channel.close();
        } else if (future.isSuccess()) {
            exchange.timings.connectedAt(context.nanoTime());
            secure(channel);
        } else if (next < addresses.size()) {
            var unused = channel.close();
            connect();
        } else {
            releasePermit();
            exchange.fail(Failure.connecting(future.cause(), host));
        }
    }

    private void secure(Channel channel) {
        TlsSettings tls = exchange.tls();
        if (tls == null) {
            exchange.connected(channel);
            return;
        }
        exchange.timings.enter(Timings.Phase.SECURING);
        // The name for SNI and for the check of the certificate, which may differ from the host that is connected to.
        SslHandler handler = tls.context().newHandler(channel.alloc(), exchange.tlsName(), port, context.handshakes);
        // The timeout of the exchange limits the handshake.
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline().addLast(handler, HandshakeErrorSink.INSTANCE);
        handler.handshakeFuture().addListener(future -> {
            releasePermit();
            if (hasEnded()) {
                var unused = channel.close();
            } else if (future.isSuccess()) {
                exchange.timings.securedAt(context.nanoTime());
                HandshakeErrorSink.removeFrom(channel.pipeline());
                exchange.connected(channel);
            } else {
                exchange.fail(Failure.of(future.cause(), Timings.Phase.SECURING, exchange.tlsName()));
            }
        });
    }

    /** Ignores the exception of a failed handshake, which the handshake's future also reports. */
    @Sharable
    private static final class HandshakeErrorSink extends ChannelInboundHandlerAdapter {
        static final HandshakeErrorSink INSTANCE = new HandshakeErrorSink();

        static void removeFrom(ChannelPipeline pipeline) {
            pipeline.remove(INSTANCE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
