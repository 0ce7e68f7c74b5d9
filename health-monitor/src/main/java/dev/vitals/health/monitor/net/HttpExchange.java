package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP call under way: on a kept connection or a fresh one, and again for each redirect that is followed. */
final class HttpExchange extends Exchange {
    private final HttpCall call;
    private volatile RequestTarget hop;
    private int redirects;

    HttpExchange(NetContext loop, HttpCall call, Consumer<ExchangeResult> done) {
        super(loop, call.timeout, done);
        this.call = call;
        this.hop = new RequestTarget(call.url, call.origin, true);
    }

    @Override
    void attempt() {
        if (call.key != null) {
            HttpConnection kept = loop.shelf.take(call.key);
            if (kept != null && usable(kept)) {
                trace.kept = true;
                trace.address = kept.address();
                uses(kept.channel());
                kept.send(this);
                return;
            }
        }
        dial();
    }

    private boolean usable(HttpConnection kept) {
        InetSocketAddress address = kept.address();
        boolean usable = !call.fresh
                && kept.serves(call.origin, call.tls)
                && address != null
                // The guard may have learned since.
                && call.guard.refusal(address).isEmpty();
        if (!usable) {
            kept.close();
        }
        return usable;
    }

    private void dial() {
        new Connector(this, hop.origin().host(), hop.origin().port()).begin();
    }

    /** The kept connection was closed in the meantime: that says nothing about the other side, so once more, afresh. */
    void again() {
        letGo();
        trace.begin(loop.nanoTime());
        dial();
    }

    @Override
    void connected(Channel open) {
        Object key = hop.first() ? call.key : null;
        HttpConnection.on(open, loop, hop.origin(), call.tls, key).send(this);
    }

    HttpCall call() {
        return call;
    }

    RequestTarget hop() {
        return hop;
    }

    /** Takes a whole answer; the connection has been shelved or closed. */
    void answered(HttpAnswer answer) {
        letGo();
        Optional<String> location =
                RequestTarget.isRedirect(answer.status()) ? answer.header("Location") : Optional.empty();
        if (call.redirects == 0 || location.isEmpty()) {
            succeed(answer);
        } else if (redirects++ == call.redirects) {
            fail(new Failure(
                    Failure.Reason.REDIRECT, Phase.READING, "redirected more than " + call.redirects + " times"));
        } else {
            follow(location.get());
        }
    }

    private void follow(String location) {
        RequestTarget to;
        try {
            to = hop.to(URI.create(location));
        } catch (IllegalArgumentException e) {
            fail(new Failure(Failure.Reason.REDIRECT, Phase.READING, "redirected to what is no URL of http or https"));
            return;
        }
        hop = to;
        trace.begin(loop.nanoTime());
        dial();
    }

    @Override
    String host() {
        return hop.origin().host();
    }

    @Override
    @Nullable
    TlsSettings tls() {
        return hop.origin().secure() ? call.tls : null;
    }

    @Override
    AddressGuard guard() {
        return call.guard;
    }
}
