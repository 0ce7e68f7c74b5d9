package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running HTTP call: on a kept or a new connection, and once more for each redirect that it follows. */
final class HttpExchange extends Exchange {
    private final HttpCall call;
    private volatile RequestTarget target;
    private int redirects;

    HttpExchange(NetContext context, HttpCall call, Consumer<ExchangeResult> done) {
        super(context, call.timeout, done);
        this.call = call;
        this.target = new RequestTarget(call.url, call.origin, true);
    }

    @Override
    void start() {
        if (call.key != null) {
            HttpConnection kept = context.pool.take(call.key);
            if (kept != null && isUsable(kept)) {
                timings.kept(kept.address());
                owns(kept.channel());
                kept.send(this);
                return;
            }
        }
        connect();
    }

    private boolean isUsable(HttpConnection kept) {
        InetSocketAddress address = kept.address();
        boolean usable = !call.fresh
                && kept.serves(call.origin, call.tls)
                && address != null
                // The rules may have changed since the connection was opened.
                && call.guard.refusal(address).isEmpty();
        if (!usable) {
            kept.close();
        }
        return usable;
    }

    private void connect() {
        new Connector(this, target.origin().host(), target.origin().port()).begin();
    }

    /** Retries on a new connection. The server closed the kept one in the meantime, which is not a failure. */
    void retry() {
        release();
        timings.restart(context.nanoTime());
        connect();
    }

    @Override
    void connected(Channel open) {
        Object key = target.first() ? call.key : null;
        HttpConnection.on(open, context, target.origin(), call.tls, key).send(this);
    }

    HttpCall call() {
        return call;
    }

    RequestTarget target() {
        return target;
    }

    /** Takes a complete answer. The connection is already kept or closed. */
    void answered(HttpAnswer answer) {
        release();
        Optional<String> location =
                RequestTarget.isRedirect(answer.status()) ? answer.header("Location") : Optional.empty();
        if (call.redirects == 0 || location.isEmpty()) {
            succeed(answer);
        } else if (redirects++ == call.redirects) {
            fail(Failure.redirect("more than " + call.redirects + " redirects"));
        } else {
            follow(location.get());
        }
    }

    private void follow(String location) {
        RequestTarget next;
        try {
            next = target.redirectedTo(URI.create(location));
        } catch (IllegalArgumentException e) {
            fail(Failure.redirect("the redirect leads to something other than an http or https URL"));
            return;
        }
        target = next;
        timings.restart(context.nanoTime());
        connect();
    }

    @Override
    String host() {
        return target.origin().host();
    }

    @Override
    @Nullable
    TlsSettings tls() {
        return target.origin().secure() ? call.tls : null;
    }

    @Override
    AddressGuard guard() {
        return call.guard;
    }
}
