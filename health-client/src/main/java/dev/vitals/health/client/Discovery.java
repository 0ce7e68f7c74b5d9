package dev.vitals.health.client;

import dev.vitals.health.internal.SerialExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for monitors by DNS-SD, and tells of each change of the one to prefer. Thread-safe; no method does I/O. */
final class Discovery implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MonitorClient.class);
    private static final String TYPE = "_vitals._tcp.local.";
    private static final int LEAST_PREFERRED = 65_535;
    private static final Comparator<Found> ORDER =
            Comparator.comparingInt(Found::priority).thenComparing(Found::monitor);

    private final List<InetAddress> interfaces;
    private final Consumer<URI> preferred;
    private final SerialExecutor changes;

    // All used by one change at a time. A monitor that is heard on two networks is found twice.
    private final Map<String, Found> found = new TreeMap<>();
    private final List<JmDNS> browsers = new ArrayList<>();
    private @Nullable URI told;
    private boolean closed;

    private record Found(int priority, URI monitor) {}

    /**
     * Creates one that does not look yet.
     *
     * @param interfaces addresses of the networks to look in; empty for all but loopback
     * @param preferred learns of the monitor to use, one call at a time
     */
    Discovery(List<InetAddress> interfaces, Executor workers, Consumer<URI> preferred) {
        this.interfaces = List.copyOf(interfaces);
        this.preferred = preferred;
        this.changes = new SerialExecutor("discovery", workers);
    }

    /** Throws an {@code IllegalStateException} if JmDNS is missing. */
    static void requireLibrary() {
        try {
            Class.forName("javax.jmdns.JmDNS", false, Discovery.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("discover needs JmDNS: add org.jmdns:jmdns to the class path", e);
        }
    }

    /** Begins to look, and returns at once. */
    void start() {
        change(() -> {
            for (InetAddress address : interfaces.isEmpty() ? all() : interfaces) {
                browse(address);
            }
        });
    }

    private static List<InetAddress> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Discovery::isUsable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address.getAddress().length == 4)
                    .toList();
        } catch (IOException e) {
            log.warn("no monitor can be looked for: {}", e.toString());
            return List.of();
        }
    }

    private static boolean isUsable(NetworkInterface one) {
        try {
            return one.isUp() && one.supportsMulticast() && !one.isLoopback();
        } catch (IOException gone) {
            return false;
        }
    }

    private void browse(InetAddress address) {
        if (closed) {
            return;
        }
        try {
            JmDNS browser = JmDNS.create(address);
            browsers.add(browser);
            browser.addServiceListener(TYPE, new Listener(address));
            log.info("looking for a monitor on {}", address.getHostAddress());
        } catch (IOException | RuntimeException e) {
            log.warn("no monitor can be looked for on {}: {}", address.getHostAddress(), e.toString());
        }
    }

    private void change(Runnable change) {
        try {
            changes.execute(change);
        } catch (RejectedExecutionException closing) {
            log.debug("no change of monitors any more");
        }
    }

    private void choose() {
        Optional<URI> best = found.values().stream().min(ORDER).map(Found::monitor);
        if (best.isEmpty()) {
            log.info("no monitor announces itself any more, {} is tried further on", told);
        } else if (!closed && !best.get().equals(told)) {
            told = best.get();
            log.info("found the monitor {}", told);
            preferred.accept(told);
        }
    }

    /** Returns what the announcement says; empty if it has no usable address. */
    private static Optional<Found> read(ServiceInfo info) {
        InetAddress[] addresses = info.getInetAddresses();
        if (addresses.length == 0 || info.getPort() == 0) {
            return Optional.empty();
        }
        InetAddress address = addresses[0];
        for (InetAddress one : addresses) {
            // One of IPv6 may be local to a link, which a URL cannot name.
            address = one.getAddress().length == 4 ? one : address;
        }
        String host =
                address.getAddress().length == 4 ? address.getHostAddress() : "[" + address.getHostAddress() + "]";
        String path = info.getPropertyString("path");
        String suffix = path == null || path.equals("/") ? "" : path;
        try {
            URI monitor =
                    RegistrationRules.httpUri("monitor", new URI("http://" + host + ":" + info.getPort() + suffix), 1);
            return Optional.of(new Found(priority(info.getPropertyString("priority")), monitor));
        } catch (URISyntaxException | IllegalArgumentException e) {
            log.debug("{} announces no usable address: {}", info.getName(), e.toString());
            return Optional.empty();
        }
    }

    private static int priority(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,5}")
                ? Math.min(LEAST_PREFERRED, Integer.parseInt(text))
                : LEAST_PREFERRED;
    }

    /** Stops to look; returns at once, and the library ends on another thread. */
    @Override
    public void close() {
        change(() -> {
            closed = true;
            List<JmDNS> open = List.copyOf(browsers);
            browsers.clear();
            open.forEach(Discovery::end);
        });
    }

    private static void end(JmDNS browser) {
        try {
            browser.close();
        } catch (IOException e) {
            log.debug("the look for monitors did not end", e);
        }
    }

    /** Learns of monitors on one network, on the library's threads. */
    private final class Listener implements ServiceListener {
        private final InetAddress network;

        Listener(InetAddress network) {
            this.network = network;
        }

        @Override
        public void serviceAdded(ServiceEvent event) {
            event.getDNS().requestServiceInfo(event.getType(), event.getName());
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            read(event.getInfo())
                    .ifPresent(monitor -> change(() -> {
                        found.put(key(event), monitor);
                        choose();
                    }));
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            change(() -> {
                if (found.remove(key(event)) != null) {
                    choose();
                }
            });
        }

        private String key(ServiceEvent event) {
            return network.getHostAddress() + " " + event.getName();
        }
    }
}
