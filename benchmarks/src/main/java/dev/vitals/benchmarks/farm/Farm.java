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
 * Targets for a monitor. Answers {@code GET /t/NUMBER} with a health document and {@code /flip/NUMBER} with one that is good and
 * bad in turns of {@link #FLIP_SECONDS}, never answers {@code /hang/NUMBER}, and shows statistics at {@code /stats}. Listens on {@link #ADDRESSES} loopback addresses, since the ports of the monitor would not
 * suffice for one.
 *
 * <p>Arguments: port, port with TLS, certificate file, key file, seconds until the process ends.
 */
public final class Farm {
    /** The number of addresses, from 127.0.0.1 on. */
    public static final int ADDRESSES = 100;

    /** The seconds for which {@code /flip/NUMBER} is good, and then bad. */
    public static final int FLIP_SECONDS = 40;

    private static final int BACKLOG = 4_096;

    private Farm() {}

    /** Listens until the time is over. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int tlsPort = Integer.parseInt(args[1]);
        SslContext tls = SslContextBuilder.forServer(new File(args[2]), new File(args[3]))
                .build();
        long seconds = Long.parseLong(args[4]);
        Arrivals arrivals = new Arrivals();
        // One thread, since the farm gets one core; so the statistics need no lock.
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
