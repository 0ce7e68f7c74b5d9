package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores when a token was used last: at most once a minute each, and never on the thread of the request. */
final class LastUse {
    private static final Logger log = LoggerFactory.getLogger(LastUse.class);
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private final Executor worker = Threads.workers("monitor-last-use-");
    private final InstantSource clock;
    private final BiConsumer<String, Instant> store;

    LastUse(InstantSource clock, BiConsumer<String, Instant> store) {
        this.clock = clock;
        this.store = store;
    }

    /** Notes that it was used now. The hash must be of a token that is known, that no more are kept than there are. */
    void note(String hash) {
        Instant now = clock.instant();
        Instant last = noted.get(hash);
        if (last != null && now.isBefore(last.plus(GRAIN))) {
            return;
        }
        boolean mine = last == null ? noted.putIfAbsent(hash, now) == null : noted.replace(hash, last, now);
        if (mine) {
            worker.execute(() -> write(hash, now));
        }
    }

    private void write(String hash, Instant now) {
        try {
            store.accept(hash, now);
        } catch (RuntimeException e) {
            // A matter of record only: the request goes on.
            log.debug("the last use of a token was not stored", e);
        }
    }
}
