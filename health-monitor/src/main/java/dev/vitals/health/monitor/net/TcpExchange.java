package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects, and closes at once. */
final class TcpExchange extends Exchange {
    private final TcpCall call;

    TcpExchange(NetContext loop, TcpCall call, Consumer<ExchangeResult> done) {
        super(loop, call.timeout(), done);
        this.call = call;
    }

    @Override
    void attempt() {
        new Connector(this, call.host(), call.port()).begin();
    }

    @Override
    void connected(Channel open) {
        letGo();
        var unused = open.close();
        succeed(null);
    }

    @Override
    String host() {
        return call.host();
    }

    @Override
    @Nullable
    TlsSettings tls() {
        return null;
    }

    @Override
    AddressGuard guard() {
        return call.guard();
    }
}
