package dev.vitals.health.monitor.net;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the addresses of names with the system's resolver, on a bounded number of threads. It never asks twice at the
 * same time for one name, and caches addresses and failures. Confined to the event loop, except for the lookups.
 *
 * <p>There are two queues. A lookup that takes longer than a second gives its thread slot to the next name, and its name
 * waits in the queue of slow names from then on, so that names without an answer do not delay the others.
 *
 * <p>Netty's DNS resolver needs no threads, but it does not use the system's name service: it ignores nsswitch (mDNS,
 * systemd-resolved, LDAP), reads the hosts file and the search domains only once, and falls back to public name servers
 * where it finds no configuration. A monitor must find a name exactly as the other programs of its machine do.
 */
final class Resolver {
    /** The most slots for names that were fast so far. */
    static final int MAX_FAST = 16;
    /** The most running lookups, which is also the most threads. */
    static final int MAX_RUNNING = 128;

    private static final int MAX_SLOW = 64;
    private static final long SLOW_MILLIS = 1_000;
    private static final long CACHE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FAILURE_CACHE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_NAMES = 100_000;
    private static final int MAX_WAITING = 20_000;

    private final Map<String, Name> names = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Name> fast = new ArrayDeque<>();
    private final Deque<Name> slow = new ArrayDeque<>();
    private final EventLoop loop;
    private final Executor threads;
    private final Lookup lookup;
    private int fastRunning;
    private int slowRunning;

    /** Finds the addresses of a name; may block. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** Waits for the addresses. */
    interface Listener {
        /** Takes the addresses, on the event loop; null if the name has none, or if too many names wait. */
        void resolved(InetAddress @Nullable [] addresses, boolean tooMany);

        /** Returns whether it no longer waits. */
        boolean hasEnded();
    }

    private static final class Name {
        final String host;
        final List<Listener> waiting = new ArrayList<>(1);
        InetAddress @Nullable [] addresses;
        long cachedUntil;
        boolean cached;
        boolean pending;
        boolean slow;
        boolean holdsSlowSlot;

        Name(String host) {
            this.host = host;
        }
    }

    Resolver(EventLoop loop, Executor threads, Lookup lookup) {
        this.loop = loop;
        this.threads = threads;
        this.lookup = lookup;
    }

    void resolve(String host, Listener listener) {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            listener.resolved(new InetAddress[] {literal}, false);
            return;
        }
        Name name = names.computeIfAbsent(host, Name::new);
        if (name.cached && System.nanoTime() - name.cachedUntil < 0) {
            listener.resolved(name.addresses, false);
            return;
        }
        if (!name.pending && fast.size() + slow.size() >= MAX_WAITING) {
            listener.resolved(null, true);
            return;
        }
        // A lookup may hang for longer than any caller waits.
        name.waiting.removeIf(Listener::hasEnded);
        name.waiting.add(listener);
        if (!name.pending) {
            name.pending = true;
            (name.slow ? slow : fast).add(name);
            startLookups();
            evict();
        }
    }

    private void startLookups() {
        while (fastRunning + slowRunning < MAX_RUNNING) {
            Name name;
            if (fastRunning < MAX_FAST && !fast.isEmpty()) {
                name = fast.remove();
                fastRunning++;
            } else if (slowRunning < MAX_SLOW && !slow.isEmpty()) {
                name = slow.remove();
                name.holdsSlowSlot = true;
                slowRunning++;
            } else {
                return;
            }
            start(name);
        }
    }

    private void start(Name name) {
        var overdue = loop.schedule(() -> moveToSlow(name), SLOW_MILLIS, TimeUnit.MILLISECONDS);
        threads.execute(() -> {
            InetAddress[] found = find(name.host);
            try {
                loop.execute(() -> {
                    overdue.cancel(false);
                    answered(name, found);
                });
            } catch (RejectedExecutionException closed) {
                // The client was closed during the lookup: no caller waits any more.
                return;
            }
        });
    }

    private InetAddress @Nullable [] find(String host) {
        try {
            return lookup.all(host);
        } catch (UnknownHostException | RuntimeException e) {
            return null;
        }
    }

    private void moveToSlow(Name name) {
        name.slow = true;
        if (name.pending && !name.holdsSlowSlot) {
            name.holdsSlowSlot = true;
            fastRunning--;
            slowRunning++;
            startLookups();
        }
    }

    private void answered(Name name, InetAddress @Nullable [] found) {
        if (name.holdsSlowSlot) {
            slowRunning--;
        } else {
            fastRunning--;
            name.slow = false;
        }
        name.holdsSlowSlot = false;
        name.pending = false;
        name.addresses = found;
        name.cached = true;
        name.cachedUntil = System.nanoTime() + (found == null ? FAILURE_CACHE_NANOS : CACHE_NANOS);
        List<Listener> waiting = List.copyOf(name.waiting);
        name.waiting.clear();
        waiting.forEach(listener -> listener.resolved(found, false));
        startLookups();
    }

    // The least recently used names go first; pending ones stay.
    private void evict() {
        var oldestFirst = names.values().iterator();
        while (names.size() > MAX_NAMES && oldestFirst.hasNext()) {
            if (!oldestFirst.next().pending) {
                oldestFirst.remove();
            }
        }
    }
}
