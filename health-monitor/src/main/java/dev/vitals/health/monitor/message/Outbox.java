package dev.vitals.health.monitor.message;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.SerialExecutor;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.MessageStore.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each message to its channel until the receiver accepts it: at least once, under a key that stays the same. Each
 * channel has a sender, so that a slow one holds up nobody else. Each receiver gets its messages in their order.
 *
 * <p>After a failure, a message is tried again after 5 s, then after twice that, up to 10 min, each time 20 % more or less, or
 * when the receiver asks for it, at most a day later. What was refused for good is tried once an hour. Thread-safe.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    private static final Duration RETRY_REFUSED = Duration.ofHours(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
    private static final int DOUBLINGS = 7;
    private static final double JITTER = 0.2;

    private static final Duration LOOK_AT_CHANNELS = Duration.ofSeconds(30);

    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final AtomicBoolean dispatching = new AtomicBoolean();
    private final SerialExecutor dispatcher = new SerialExecutor("monitor-outbox-dispatcher-");
    private final MessageStore store;
    private final Channels channels;
    private final Outgoing.Composer composer;
    private final ChannelHealth health;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final boolean test;
    private volatile Scheduler.Cancellation looks = () -> {};

    /**
     * Creates an outbox that does not send yet.
     *
     * @param composer finds the words of a message when it leaves
     * @param health is told how attempts end
     * @param random returns numbers from 0 to 1, for the jitter
     * @param test whether nothing is sent: messages are logged and marked
     */
    public Outbox(
            MessageStore store,
            Channels channels,
            Outgoing.Composer composer,
            ChannelHealth health,
            Scheduler scheduler,
            InstantSource clock,
            DoubleSupplier random,
            boolean test) {
        this.store = store;
        this.channels = channels;
        this.composer = composer;
        this.health = health;
        this.scheduler = scheduler;
        this.clock = clock;
        this.random = random;
        this.test = test;
    }

    /**
     * Starts to send, first what an earlier process left behind.
     *
     * @param sick is told every 30 s which channels are sick, each with the reason
     */
    public void start(Consumer<SortedMap<String, String>> sick) {
        int interrupted = store.recover();
        if (interrupted > 0) {
            log.info("{} messages were on their way when the monitor stopped; they are sent again", interrupted);
        }
        channels.onChange(this::wake);
        wake();
        looks = scheduler.repeat(() -> onDispatcher(() -> look(sick)), LOOK_AT_CHANNELS);
    }

    private void look(Consumer<SortedMap<String, String>> sick) {
        try {
            sick.accept(health.sick());
        } catch (RuntimeException e) {
            log.debug("the health of channels cannot be read", e);
        }
    }

    private void onDispatcher(Runnable task) {
        try {
            dispatcher.execute(task);
        } catch (RejectedExecutionException closed) {
            log.debug("closed");
        }
    }

    /** Looks for messages that are due. Returns at once. */
    public void wake() {
        if (dispatching.compareAndSet(false, true)) {
            onDispatcher(this::dispatch);
        }
    }

    private void dispatch() {
        dispatching.set(false);
        try {
            Set<String> names = new HashSet<>(store.channels());
            // Some have to hand over again what was accepted before the start.
            channels.all().forEach(channel -> names.add(channel.name()));
            names.forEach(name -> senders.computeIfAbsent(name, this::sender).wake());
        } catch (RuntimeException e) {
            log.debug("channels cannot be read", e);
            scheduler.schedule(this::wake, FIRST_RETRY);
        }
    }

    private Sender sender(String name) {
        Sender sender = new Sender(name, this, store);
        sender.start();
        return sender;
    }

    /** Returns whether messages are made and shown, and never sent. */
    public boolean isTest() {
        return test;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Duration until(Instant due) {
        Duration pause = Duration.between(clock.instant(), due);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    Scheduler.Cancellation schedule(Runnable task, Duration delay) {
        return scheduler.schedule(task, delay);
    }

    Optional<ChannelSettings> settings(String name) {
        return channels.find(name);
    }

    Channel open(ChannelSettings settings) {
        return channels.open(settings);
    }

    Outgoing compose(Message message, Instant now) {
        return composer.compose(message, now);
    }

    /** Returns why messages of a channel that does not exist do not leave. */
    static String missing(String channel) {
        return channel.equals(Receiver.MAIL)
                ? "no mail server is configured; start with --mail"
                : "there is no channel " + channel + "; add it, or cancel the message";
    }

    /** Returns how an attempt ended; a null result stands for the test mode. */
    Ended ended(Message message, Channel.@Nullable Result result, boolean unsureBefore) {
        Instant now = now();
        String channel = message.receiver().channel();
        if (result == null) {
            String subject = compose(message, now).text().subject();
            log.info("not sent, test mode: to {}: {}", message.receiver(), subject);
            return new Ended(Message.State.NOT_SENT, now, false, "not sent, test mode");
        }
        if (result instanceof Channel.Accepted accepted) {
            health.accepted(channel, now);
            return new Ended(Message.State.ACCEPTED, now, false, accepted.by());
        }
        if (result instanceof Channel.Refused refused) {
            health.failed(channel, refused.why(), now);
            log.warn("{} refused a message to {}: {}", channel, message.receiver(), refused.why());
            return new Ended(Message.State.REFUSED, now.plus(RETRY_REFUSED), unsureBefore, refused.why());
        }
        Channel.Failed failed = (Channel.Failed) result;
        health.failed(channel, failed.why(), now);
        Duration pause = pause(message.progress().attempts(), failed.retryAfter());
        log.info(
                "a message to {} was not accepted, it is tried again in {}: {}",
                message.receiver(),
                DurationText.inWords(Duration.ofSeconds(pause.toSeconds())),
                failed.why());
        return new Ended(Message.State.READY, now.plus(pause), unsureBefore || failed.unsure(), failed.why());
    }

    private Duration pause(int attemptsBefore, @Nullable Duration retryAfter) {
        if (retryAfter != null) {
            return retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
        }
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(attemptsBefore, DOUBLINGS));
        Duration base = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        return Duration.ofMillis(Math.round(base.toMillis() * factor));
    }

    /** Stops sending. What is being sent at this moment is sent again after the next start. */
    @Override
    public void close() {
        looks.cancel();
        dispatcher.close();
        senders.values().forEach(Sender::close);
    }
}
