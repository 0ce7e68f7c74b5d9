package dev.vitals.benchmarks.farm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** Answers requests. To be cheap, it relies on each request arriving whole, and after the answer to the one before. */
final class FarmHandler extends ChannelInboundHandlerAdapter {
    private static final String DOCUMENT =
            "{\"status\":\"pass\",\"checks\":{\"database:responseTime\":[{\"status\":\"pass\",\"observedValue\":12,"
                    + "\"observedUnit\":\"ms\",\"time\":\"2026-01-01T00:00:00Z\"}]}}";
    private static final String FAILING = "{\"status\":\"fail\",\"output\":\"connection refused by the database\"}";
    private static final long FLIP_NANOS = TimeUnit.SECONDS.toNanos(Farm.FLIP_SECONDS);
    private static final byte[] REFUSAL =
            ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/health+json\r\n" + "Content-Length: "
                            + FAILING.length() + "\r\n\r\n" + FAILING)
                    .getBytes(ISO_8859_1);
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/health+json\r\nContent-Length: "
                    + DOCUMENT.length() + "\r\nCache-Control: max-age=5\r\n\r\n" + DOCUMENT)
            .getBytes(ISO_8859_1);

    private final Arrivals arrivals;

    FarmHandler(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        arrivals.connected();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrivals.disconnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            String request = ((ByteBuf) message).toString(ISO_8859_1);
            String path = request.substring(request.indexOf(' ') + 1, request.indexOf(' ', 5));
            if (path.startsWith("/stats")) {
                byte[] stats = arrivals.report().getBytes(ISO_8859_1);
                String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + stats.length + "\r\n\r\n";
                context.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(ISO_8859_1), stats))
                        .addListener(ChannelFutureListener.CLOSE);
                return;
            }
            int target = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            arrivals.arrived(target);
            if (!path.startsWith("/hang/")) {
                boolean last = request.contains("Connection: close");
                boolean fails = path.startsWith("/flip/") && System.nanoTime() / FLIP_NANOS % 2 == 0;
                context.writeAndFlush(Unpooled.wrappedBuffer(fails ? REFUSAL : ANSWER))
                        .addListener(future -> {
                            if (last) {
                                context.close();
                            }
                        });
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
