package dev.vitals.health.monitor.discovery;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.internal.WorkerPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceInfo.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the monitor by DNS-SD (RFC 6763) over multicast DNS, on chosen interfaces alone, until it is closed: as
 * {@code _vitals._tcp.local.} and as {@code _healthchecker._http._tcp.local.} The start
 * returns at once: a network that does not work is logged, and never keeps the monitor from running. Thread-safe.
 */
public final class Announcement implements AutoCloseable {
    /** The greatest priority number; the lowest number is preferred. */
    public static final int MAX_PRIORITY = 65_535;

    /** How long {@link #close} waits at most. */
    public static final Duration CLOSE_TIME = Duration.ofSeconds(2);

    // Both are _NAME._tcp.local. The second is no type by RFC 6763, but clients look for it; the library would cut it
    // if it were given as a whole.
    private static final List<String> TYPES = List.of("vitals", "healthchecker._http");

    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final WorkerPool workers = Threads.workers("monitor-discovery-");
    private final Service service;
    private final List<CompletableFuture<JmDNS>> responders;

    /**
     * What is announced.
     *
     * @param name tells this monitor from others in the same network, up to 63 bytes
     * @param port the port of the monitor
     * @param version the version of the monitor
     * @param priority from 0 to {@link #MAX_PRIORITY}; clients prefer the lowest
     */
    public record Service(String name, int port, String version, int priority) {
        List<ServiceInfo> infos() {
            return TYPES.stream().map(this::info).toList();
        }

        private ServiceInfo info(String type) {
            Map<String, String> text = Map.of("path", "/", "version", version, "priority", Integer.toString(priority));
            Map<Fields, String> names = Map.of(
                    Fields.Application, type, Fields.Protocol, "tcp", Fields.Domain, "local", Fields.Instance, name);
            return ServiceInfo.create(names, port, 0, priority, false, text);
        }
    }

    private Announcement(List<InetAddress> interfaces, Service service) {
        this.service = service;
        responders = interfaces.stream()
                .map(address -> CompletableFuture.supplyAsync(() -> announce(address), workers))
                .toList();
    }

    /**
     * Begins to announce the service on the interfaces with these addresses. Other hosts are given these addresses.
     *
     * @param interfaces addresses of this machine
     */
    public static Announcement start(List<InetAddress> interfaces, Service service) {
        return new Announcement(interfaces, service);
    }

    /**
     * Returns an address of this machine, on whose interface a monitor can be announced.
     *
     * @throws IllegalArgumentException if it is none; the message says so
     */
    public static InetAddress onThisMachine(String address) {
        try {
            InetAddress known = InetAddress.getByName(address);
            if (!known.isAnyLocalAddress() && NetworkInterface.getByInetAddress(known) != null) {
                return known;
            }
        } catch (IOException notAnAddress) {
            // Refused below, like the address of another machine.
        }
        throw new IllegalArgumentException(
                "must be the address of an interface of this machine, such as 192.0.2.7, was '" + address + "'");
    }

    private JmDNS announce(InetAddress address) {
        try {
            JmDNS responder = JmDNS.create(address, service.name());
            for (ServiceInfo info : service.infos()) {
                responder.registerService(info);
            }
            log.info("announced on {} as {} at port {}", address.getHostAddress(), service.name(), service.port());
            return responder;
        } catch (IOException | RuntimeException e) {
            log.warn("cannot be announced on {}: {}", address.getHostAddress(), e.toString());
            throw new IllegalStateException(e);
        }
    }

    /** Returns a future that completes when every interface is done, announced or not. */
    CompletableFuture<Void> announced() {
        return CompletableFuture.allOf(responders.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null);
    }

    /** Says goodbye, so that clients forget the monitor at once. Waits up to 2 s; what takes longer goes on without a wait. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> ends = responders.stream()
                .map(responder -> responder.thenAcceptAsync(Announcement::end, workers))
                .toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.debug("the goodbye takes longer than {}", CLOSE_TIME);
        } catch (ExecutionException e) {
            log.debug("never announced, or no goodbye", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
    }

    private static void end(JmDNS responder) {
        try {
            // Sends the goodbye; its own end takes some seconds more.
            responder.unregisterAllServices();
            responder.close();
        } catch (IOException e) {
            log.debug("the responder did not close", e);
        }
    }
}
