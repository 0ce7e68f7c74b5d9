package dev.vitals.health.monitor.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
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
 * Opens one connection for an attempt: finds the addresses, asks the guard about each, and connects to the first that
 * takes it, which is the very address that was judged. Confined to the event loop.
 */
final class Connector implements Resolver.Listener, HandshakeLimiter.Guest {
    private static final int MAX_ADDRESSES = 8;
    private static final long MAX_TURN_MILLIS = 1_000;

    private final NetContext loop;
    private final Exchange attempt;
    private final String host;
    private final int port;
    private final List<InetSocketAddress> addresses = new ArrayList<>(2);
    private int next;
    private @Nullable Future<?> turn;

    Connector(Exchange attempt, String host, int port) {
        this.loop = attempt.loop;
        this.attempt = attempt;
        this.host = host;
        this.port = port;
    }

    void begin() {
        attempt.trace.enter(Phase.RESOLVING);
        loop.resolver.resolve(host, this);
    }

    @Override
    public boolean over() {
        return attempt.settled();
    }

    @Override
    public void resolved(InetAddress @Nullable [] found, boolean tooMany) {
        if (attempt.settled()) {
            return;
        }
        attempt.trace.resolved = loop.nanoTime();
        if (tooMany) {
            attempt.fail(FailureMessages.notTried(Phase.RESOLVING, "too many names wait to be resolved"));
        } else if (found == null || found.length == 0) {
            attempt.fail(FailureMessages.unknownHost(host));
        } else {
            judge(found);
        }
    }

    private void judge(InetAddress[] found) {
        String refusal = "";
        for (int i = 0; i < found.length && addresses.size() < MAX_ADDRESSES; i++) {
            InetSocketAddress address = new InetSocketAddress(found[i], port);
            Optional<String> why = attempt.guard().refusal(address);
            if (why.isEmpty()) {
                addresses.add(address);
            } else {
                refusal = why.get();
                attempt.trace.address = address;
            }
        }
        if (addresses.isEmpty()) {
            attempt.fail(FailureMessages.blocked(refusal));
        } else if (attempt.tls() == null) {
            connect();
        } else {
            attempt.trace.enter(Phase.WAITING);
            loop.turnstile.arrive(this);
        }
    }

    /** Goes on with TLS; one that takes long, or hangs, gives up its place to others. */
    @Override
    public void enter() {
        turn = loop.events().schedule(this::leave, MAX_TURN_MILLIS, TimeUnit.MILLISECONDS);
        connect();
    }

    private void leave() {
        Future<?> held = turn;
        if (held != null) {
            turn = null;
            held.cancel(false);
            loop.turnstile.leave();
        }
    }

    private void connect() {
        attempt.trace.enter(Phase.CONNECTING);
        if (!loop.room()) {
            attempt.fail(FailureMessages.notTried(
                    Phase.CONNECTING,
                    "all " + loop.maxOpen() + " connections that may be open are; raise the limit of open files"));
            leave();
            return;
        }
        InetSocketAddress address = addresses.get(next++);
        attempt.trace.address = address;
        SocketChannel channel = open();
        if (channel == null) {
            leave();
            return;
        }
        attempt.uses(channel);
        var unused = loop.events().register(channel);
        channel.connect(address).addListener(over -> connected((ChannelFuture) over));
    }

    private @Nullable SocketChannel open() {
        try {
            NioSocketChannel channel = new NioSocketChannel();
            loop.opened(channel);
            // One address that swallows all must leave time for the next; for the last the attempt's own limit holds.
            int left = addresses.size() - next;
            long share = left == 0 ? 0 : Math.max(1, attempt.timeout().toMillis() / (left + 1));
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) share);
            return channel;
        } catch (RuntimeException e) {
            // Netty wraps the IOException of a process that has no file descriptor left.
            attempt.fail(FailureMessages.connect(e.getCause() == null ? e : e.getCause(), host));
            return null;
        }
    }

    private void connected(ChannelFuture over) {
        Channel channel = over.channel();
        if (attempt.settled()) {
            leave();
            var unused = channel.close();
        } else if (over.isSuccess()) {
            attempt.trace.connected = loop.nanoTime();
            secure(channel);
        } else if (next < addresses.size()) {
            var unused = channel.close();
            connect();
        } else {
            leave();
            attempt.fail(FailureMessages.connect(over.cause(), host));
        }
    }

    private void secure(Channel channel) {
        TlsSettings tls = attempt.tls();
        if (tls == null) {
            attempt.connected(channel);
            return;
        }
        attempt.trace.enter(Phase.SECURING);
        SslHandler handler = tls.context().newHandler(channel.alloc(), host, port, loop.handshakes);
        // The attempt's own limit holds.
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline().addLast(handler, HandshakeErrorSink.INSTANCE);
        handler.handshakeFuture().addListener(over -> {
            leave();
            if (attempt.settled()) {
                var unused = channel.close();
            } else if (over.isSuccess()) {
                attempt.trace.secured = loop.nanoTime();
                attempt.connected(channel);
            } else {
                attempt.fail(FailureMessages.of(over.cause(), Phase.SECURING, host));
            }
        });
    }
}
