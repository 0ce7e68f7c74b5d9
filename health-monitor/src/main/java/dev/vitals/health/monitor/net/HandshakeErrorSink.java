package dev.vitals.health.monitor.net;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Passes over what a failed handshake brings twice: as its result, which is reported, and as an exception. */
@Sharable
final class HandshakeErrorSink extends ChannelInboundHandlerAdapter {
    static final HandshakeErrorSink INSTANCE = new HandshakeErrorSink();

    private HandshakeErrorSink() {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }
}
