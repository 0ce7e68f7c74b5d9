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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names: each at most once at a time, remembered for a while, on threads of a bounded number.
 * Confined to the event loop, but for the lookups.
 *
 * <p>A lookup that takes long gives up its place to others, and the name stands in a line of its own from then on, so
 * that names nobody answers for do not delay those that are answered.
 */
final class Resolver {
    static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final long SLOW_MILLIS = 1_000;
    static final int MAX_PROMPT = 16;
    static final int MAX_SLOW = 64;
    /** The most lookups under way, and so the most threads. */
    static final int MAX_RUNNING = 128;

    private static final long FAILURE_REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_NAMES = 100_000;
    private static final int MAX_WAITING = 20_000;

    private final Map<String, Name> names = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Name> prompt = new ArrayDeque<>();
    private final Deque<Name> slow = new ArrayDeque<>();
    private final EventLoop loop;
    private final Executor threads;
    private final Lookup lookup;
    private int promptRunning;
    private int slowRunning;

    /** Asks for the addresses of a name; may block. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** Waits for the addresses. */
    interface Listener {
        /** Takes the addresses, on the event loop; null if the name has none, or too many names wait. */
        void resolved(InetAddress @Nullable [] addresses, boolean tooMany);

        /** Returns whether it does not wait any more. */
        boolean over();
    }

    private static final class Name {
        final String host;
        final List<Listener> waiting = new ArrayList<>(1);
        InetAddress @Nullable [] addresses;
        long until;
        boolean known;
        boolean asked;
        boolean slow;
        // Under way, and holding a place among the slow ones.
        boolean holdsSlow;

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
        if (name.known && System.nanoTime() - name.until < 0) {
            listener.resolved(name.addresses, false);
            return;
        }
        if (!name.asked && prompt.size() + slow.size() >= MAX_WAITING) {
            listener.resolved(null, true);
            return;
        }
        // A lookup may hang for longer than any caller waits.
        name.waiting.removeIf(Listener::over);
        name.waiting.add(listener);
        if (!name.asked) {
            name.asked = true;
            (name.slow ? slow : prompt).add(name);
            startSome();
            forgetSome();
        }
    }

    private void startSome() {
        while (promptRunning + slowRunning < MAX_RUNNING) {
            Name name;
            if (promptRunning < MAX_PROMPT && !prompt.isEmpty()) {
                name = prompt.remove();
                promptRunning++;
            } else if (slowRunning < MAX_SLOW && !slow.isEmpty()) {
                name = slow.remove();
                name.holdsSlow = true;
                slowRunning++;
            } else {
                return;
            }
            start(name);
        }
    }

    private void start(Name name) {
        var overdue = loop.schedule(() -> yieldPlace(name), SLOW_MILLIS, TimeUnit.MILLISECONDS);
        threads.execute(() -> {
            InetAddress[] found = ask(name.host);
            loop.execute(() -> {
                overdue.cancel(false);
                answered(name, found);
            });
        });
    }

    private InetAddress @Nullable [] ask(String host) {
        try {
            return lookup.all(host);
        } catch (UnknownHostException | RuntimeException e) {
            return null;
        }
    }

    private void yieldPlace(Name name) {
        name.slow = true;
        if (name.asked && !name.holdsSlow) {
            name.holdsSlow = true;
            promptRunning--;
            slowRunning++;
            startSome();
        }
    }

    private void answered(Name name, InetAddress @Nullable [] found) {
        if (name.holdsSlow) {
            slowRunning--;
        } else {
            promptRunning--;
            name.slow = false;
        }
        name.holdsSlow = false;
        name.asked = false;
        name.addresses = found;
        name.known = true;
        name.until = System.nanoTime() + (found == null ? FAILURE_REMEMBERED_NANOS : REMEMBERED_NANOS);
        List<Listener> waiting = List.copyOf(name.waiting);
        name.waiting.clear();
        waiting.forEach(listener -> listener.resolved(found, false));
        startSome();
    }

    // The eldest first; those under way stay.
    private void forgetSome() {
        var eldest = names.values().iterator();
        while (names.size() > MAX_NAMES && eldest.hasNext()) {
            if (!eldest.next().asked) {
                eldest.remove();
            }
        }
    }
}
