package dev.vitals.health.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.SerialQueue;
import dev.vitals.health.internal.Threads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes news to the subscribers of a topic. News is rendered once, on a separate thread, and only if somebody subscribes;
 * all subscribers get the same bytes, in the order of publication.
 *
 * <p>Thread-safe. Whoever publishes never waits.
 */
public final class Topics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Topics.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 500;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);
    private static final byte[] LOST = "{\"type\":\"events_lost\"}".getBytes(UTF_8);

    private final SerialQueue<News> queue =
            new SerialQueue<>("streams", Threads.workers("monitor-stream-"), CAPACITY, MAX_BATCH, this::pass);
    private final ConcurrentHashMap<String, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean closed;

    /** Starts without subscribers. */
    public Topics() {}

    /** Gets the news of a topic, one call at a time. Must not block. */
    @FunctionalInterface
    public interface Subscriber {
        /** Takes a JSON document in UTF-8. The buffer is read-only, and this subscriber's alone; its bytes are shared. */
        void take(ByteBuffer json);
    }

    private record News(String topic, Supplier<Map<String, Object>> fields) {}

    /** Adds a subscriber of a topic; does nothing if it is one already. */
    public void subscribe(String topic, Subscriber subscriber) {
        subscribers.compute(topic, (name, known) -> {
            Set<Subscriber> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(subscriber);
            return all;
        });
    }

    /** Removes a subscriber of a topic; does nothing if it is none. */
    public void unsubscribe(String topic, Subscriber subscriber) {
        subscribers.computeIfPresent(topic, (name, all) -> {
            all.remove(subscriber);
            return all.isEmpty() ? null : all;
        });
    }

    /** Returns whether anybody subscribes to the topic. */
    public boolean isHeard(String topic) {
        return subscribers.containsKey(topic);
    }

    /**
     * Passes news to the subscribers of a topic.
     *
     * @param fields makes the members of the document, on another thread; not called if nobody subscribes
     */
    public void publish(String topic, Supplier<Map<String, Object>> fields) {
        if (isHeard(topic) && !queue.add(new News(topic, fields)) && !closed && lost.compareAndSet(false, true)) {
            log.warn("{} events wait for streams, further ones are dropped; all streams will be told", CAPACITY);
        }
    }

    private void pass(List<News> batch) {
        if (lost.getAndSet(false)) {
            subscribers.values().forEach(all -> tell(all, LOST));
        }
        for (News news : batch) {
            Set<Subscriber> all = subscribers.get(news.topic());
            if (all != null) {
                tell(all, render(news.fields().get()));
            }
        }
    }

    /** Returns the members as a JSON document. */
    public static byte[] render(Map<String, Object> fields) {
        return Json.write(json -> json.writePOJO(fields));
    }

    private static void tell(Set<Subscriber> all, byte[] json) {
        for (Subscriber subscriber : all) {
            try {
                subscriber.take(ByteBuffer.wrap(json).asReadOnlyBuffer());
            } catch (RuntimeException e) {
                // One subscriber must not keep the news from the others.
                log.error("a subscriber failed", e);
            }
        }
    }

    /** Refuses further news, and passes what waits for up to 2 s. */
    @Override
    public void close() {
        closed = true;
        if (!queue.close(PATIENCE_AT_CLOSE)) {
            log.debug("{} events were not passed on", queue.size());
        }
    }
}
