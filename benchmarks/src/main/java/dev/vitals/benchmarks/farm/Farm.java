package dev.vitals.benchmarks.farm;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * Targets for a monitor: answers {@code GET /t/NUMBER} with a health document, accepts {@code /hang/NUMBER} and never
 * answers, and tells at {@code /stats} what arrived when. Listens on {@link #ADDRESSES} loopback addresses, so that the
 * ports of the other side suffice, and ends by itself.
 *
 * <p>Arguments: port, port with TLS, certificate, key, how many seconds to live.
 */
public final class Farm {
    /** How many addresses are listened on, from 127.0.0.1 on. */
    public static final int ADDRESSES = 100;

    private static final int BACKLOG = 4_096;

    private Farm() {}

    /** Listens until its time is over. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int tlsPort = Integer.parseInt(args[1]);
        SslContext tls = SslContextBuilder.forServer(new File(args[2]), new File(args[3]))
                .build();
        long seconds = Long.parseLong(args[4]);
        Arrivals arrivals = new Arrivals();
        // One thread: the counts need no lock then, and one core is all it gets.
        MultiThreadIoEventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, Executors.defaultThreadFactory(), NioIoHandler.newFactory());
        for (int i = 1; i <= ADDRESSES; i++) {
            listen(loop, "127.0.0." + i, port, null, arrivals);
            listen(loop, "127.0.0." + i, tlsPort, tls, arrivals);
        }
        System.out.println("listening on " + port);
        Thread.sleep(seconds * 1_000);
        System.exit(0);
    }

    private static void listen(
            MultiThreadIoEventLoopGroup loop, String address, int port, SslContext tls, Arrivals arrivals) {
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new FarmHandler(arrivals));
                    }
                })
                .bind(new InetSocketAddress(address, port))
                .syncUninterruptibly();
    }
}
