package dev.vitals.health.monitor.observer;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.net.TcpCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Places that answer as long as the network of the monitor works, such as routers. Thread-safe. */
public final class Canaries {
    /** The form of a canary, in words that follow "must be". */
    public static final String FORM = "HOST:PORT";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final List<Canary> all;
    private final NetClient client;

    /**
     * A place that listens.
     *
     * @param host a name or an address
     * @param port from 1 to 65535
     */
    public record Canary(String host, int port) {
        /**
         * Reads {@code HOST:PORT}, an IPv6 address in brackets.
         *
         * @throws IllegalArgumentException if the text has another form
         */
        public static Canary parse(String text) {
            int colon = text.lastIndexOf(':');
            if (colon > 0 && Urls.isHostAndPort(text) && text.indexOf(']') < colon) {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= 65_535) {
                    return new Canary(text.substring(0, colon).replaceAll("[\\[\\]]", ""), port);
                }
            }
            throw new IllegalArgumentException("canary must be " + FORM + ", was " + Require.shown(text));
        }

        @Override
        public String toString() {
            return Urls.hostAndPort(host, port);
        }
    }

    /** Asks these canaries; none for a monitor without. */
    public Canaries(List<Canary> all, NetClient client) {
        this.all = List.copyOf(all);
        this.client = client;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Connects to all of them at once, and tells once whether any of them accepted a connection within 2 s. */
    void ask(Consumer<Boolean> any) {
        AtomicInteger left = new AtomicInteger(all.size());
        AtomicBoolean told = new AtomicBoolean();
        for (Canary canary : all) {
            client.tcp(new TcpCall(canary.host(), canary.port(), TIMEOUT, AddressGuard.NONE), result -> {
                boolean last = left.decrementAndGet() == 0;
                if ((result.succeeded() || last) && told.compareAndSet(false, true)) {
                    any.accept(result.succeeded());
                }
            });
        }
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
