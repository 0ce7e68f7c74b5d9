package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running HTTP call: on a kept or a new connection, and once more for each redirect that it follows. */
final class HttpExchange extends Exchange {
    private final HttpCall call;
    private volatile RequestTarget target;
    private int redirects;
    private @Nullable Connector connector;
    private @Nullable HttpConnection current;
    private @Nullable HttpConnection silent;
    private @Nullable Timings silentTimings;

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
                current = kept;
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
        current = null;
        Connector next =
                new Connector(this, target.origin().host(), target.origin().port());
        connector = next;
        next.begin();
    }

    /**
     * Half of the time is for a kept connection: the network may have forgotten it without a word. A call that follows
     * redirects waits, because both connections could follow.
     */
    @Override
    Duration patience() {
        boolean impatient = call.key != null && !call.fresh && call.redirects == 0;
        return impatient ? timeout().dividedBy(2) : timeout();
    }

    /** Asks again on a new connection, beside the kept one that is silent; the first that answers counts. */
    @Override
    void hurry() {
        HttpConnection kept = current;
        if (hasEnded() || kept == null || !kept.isSilent() || !context.hasRoom()) {
            return;
        }
        silent = kept;
        silentTimings = timings;
        release();
        timings = timings.again(context.nanoTime());
        connect();
    }

    /** Takes the first byte of an answer; from now on only its connection counts. */
    void heardFrom(HttpConnection connection) {
        HttpConnection kept = silent;
        if (kept == null) {
            return;
        }
        silent = null;
        if (connection != kept) {
            kept.close();
            return;
        }
        HttpConnection other = current;
        current = kept;
        if (connector != null) {
            connector.cancel();
        }
        closeOwned();
        if (other != null) {
            other.close();
        }
        owns(kept.channel());
        if (silentTimings != null) {
            timings = silentTimings;
        }
    }

    @Override
    void closeRest() {
        HttpConnection kept = silent;
        if (kept != null) {
            silent = null;
            kept.close();
        }
    }

    /** Takes the loss of a connection; of one that was silent before it needs no notice, since another one is tried. */
    void lost(HttpConnection connection, boolean stale, Failure failure) {
        if (connection == silent) {
            silent = null;
        } else if (connection != current || hasEnded()) {
            return;
        } else if (stale) {
            retry();
        } else {
            fail(failure);
        }
    }

    /** Asks again on a new connection: the kept one was closed meanwhile, or its server is about to close it. */
    void retry() {
        release();
        timings.restart(context.nanoTime());
        connect();
    }

    @Override
    void connected(Channel open) {
        Object key = target.first() ? call.key : null;
        HttpConnection connection = HttpConnection.on(open, context, target.origin(), call, key);
        current = connection;
        connection.send(this);
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
    String tlsName() {
        return target.origin().tlsName();
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
