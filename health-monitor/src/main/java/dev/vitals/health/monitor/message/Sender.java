package dev.vitals.health.monitor.message;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.MessageStore.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of one channel, one after the other, on a thread that nobody else waits for. It sends, and then marks what
 * became of it: a process that dies in between sends the message once more, under the same key.
 */
final class Sender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

    private final FailureLog failures = new FailureLog(log, "the outbox");
    private final Semaphore awake = new Semaphore(0);
    private final AtomicReference<Scheduler.@Nullable Cancellation> alarm = new AtomicReference<>();
    private final String name;
    private final Outbox outbox;
    private final MessageStore store;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Channel channel;
    // On the sender's thread.
    private @Nullable ChannelSettings openedWith;
    private Instant resentAt = Instant.MIN;
    // How the last attempt ended, until the store has it.
    private @Nullable Unmarked unmarked;

    private record Unmarked(String key, Ended ended) {}

    Sender(String name, Outbox outbox, MessageStore store) {
        this.name = name;
        this.outbox = outbox;
        this.store = store;
        this.thread = Threads.named("monitor-outbox-" + name).newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Looks for messages that are due. */
    void wake() {
        awake.release();
    }

    private void run() {
        while (!closed) {
            Optional<Duration> pause = work();
            if (closed || pause.filter(Duration::isZero).isPresent()) {
                continue;
            }
            pause.ifPresent(this::setAlarm);
            idle();
            try {
                awake.acquire();
                awake.drainPermits();
            } catch (InterruptedException e) {
                // Only close() interrupts this thread.
                log.debug("{}: interrupted", name);
            }
        }
        closeChannel();
    }

    private void idle() {
        Channel open = channel;
        if (open != null) {
            open.idle();
        }
    }

    /** Sends all that is due; returns when to look again, or nothing if only news can change anything. */
    private Optional<Duration> work() {
        try {
            mark();
            Optional<ChannelSettings> settings = outbox.settings(name);
            while (!closed && canSend(settings) && sendNext(settings)) {
                settings = outbox.settings(name);
            }
            Optional<Duration> resend =
                    settings.isPresent() && !outbox.isTest() ? resend(settings.get()) : Optional.empty();
            failures.succeeded();
            if (!canSend(settings)) {
                return explain();
            }
            return Stream.concat(store.nextDue(name).map(outbox::until).stream(), resend.stream())
                    .min(Duration::compareTo);
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // A sender that died would keep its messages for ever.
            failures.failed(e, "its messages wait");
            return Optional.of(STORE_RETRY);
        }
    }

    private void mark() {
        if (unmarked != null) {
            store.ended(unmarked.key(), unmarked.ended());
            unmarked = null;
        }
    }

    private boolean canSend(Optional<ChannelSettings> settings) {
        return settings.isPresent() || outbox.isTest();
    }

    private Optional<Duration> explain() {
        closeChannel();
        store.explain(name, Outbox.missing(name));
        // A new channel wakes this sender.
        return Optional.empty();
    }

    private boolean sendNext(Optional<ChannelSettings> settings) throws InterruptedException {
        Instant now = outbox.now();
        Message message = store.next(name, now).orElse(null);
        if (message == null) {
            return false;
        }
        Optional<MessageStore.Claim> claim = store.claim(message.key(), now);
        if (claim.isPresent()) {
            Channel.Result result = outbox.isTest() ? null : attempt(message, settings.orElseThrow(), now);
            unmarked = new Unmarked(
                    message.key(), outbox.ended(message, result, claim.get().unsure()));
            mark();
        }
        return true;
    }

    /** Hands over again what the receiver would forget; returns when to do so next, or nothing for a receiver that does not. */
    private Optional<Duration> resend(ChannelSettings settings) throws InterruptedException {
        Duration every = open(settings).resendEvery();
        if (every == null) {
            return Optional.empty();
        }
        Instant now = outbox.now();
        if (resentAt.equals(Instant.MIN)) {
            resentAt = now;
        } else if (!now.isBefore(resentAt.plus(every))) {
            resentAt = now;
            for (Message message : store.firing(name)) {
                Channel.Result result = attempt(message, settings, now);
                log.debug("{}: handed over again: {}", name, result);
            }
        }
        return Optional.of(outbox.until(resentAt.plus(every)));
    }

    private Channel.Result attempt(Message message, ChannelSettings settings, Instant now) throws InterruptedException {
        try {
            return open(settings).send(outbox.compose(message, now));
        } catch (RuntimeException | LinkageError e) {
            log.error("channel {} failed", name, e);
            return Channel.Failed.perhapsTaken("the channel failed: " + e);
        }
    }

    private Channel open(ChannelSettings settings) {
        Channel open = channel;
        if (open != null && settings.equals(openedWith)) {
            return open;
        }
        closeChannel();
        Channel opened = outbox.open(settings);
        openedWith = settings;
        channel = opened;
        return opened;
    }

    private void closeChannel() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.idle();
            open.close();
        }
    }

    private void setAlarm(Duration pause) {
        Scheduler.Cancellation before = alarm.getAndSet(outbox.schedule(this::wake, pause));
        if (before != null) {
            before.cancel();
        }
    }

    /** Stops; a message that is being sent stays marked as such, and is sent again after the next start. */
    @Override
    public void close() {
        closed = true;
        Scheduler.Cancellation set = alarm.getAndSet(null);
        if (set != null) {
            set.cancel();
        }
        wake();
        thread.interrupt();
        Channel open = channel;
        if (open != null) {
            open.close();
        }
        try {
            thread.join(PATIENCE_AT_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
