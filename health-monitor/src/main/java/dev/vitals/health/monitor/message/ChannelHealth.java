package dev.vitals.health.monitor.message;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.MessageStore.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How each channel does: what it accepted last, what it said last, and what waits for it. Thread-safe. */
public final class ChannelHealth {
    /** How late a message may become before its channel counts as sick. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<String, Instant> acceptances = new ConcurrentHashMap<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final MessageStore store;
    private final InstantSource clock;
    private volatile List<Status> latest = List.of();

    private record Failure(String why, Instant at) {}

    /** Reads the last acceptances. */
    public ChannelHealth(MessageStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.acceptances().forEach(one -> acceptances.put(one.channel(), one.at()));
    }

    void accepted(String channel, Instant at) {
        acceptances.put(channel, at);
        failures.remove(channel);
    }

    void failed(String channel, String why, Instant at) {
        failures.put(channel, new Failure(why, at));
    }

    /**
     * How one channel does.
     *
     * @param channel its name
     * @param acceptedAt when it accepted a message last; null if it never did
     * @param error why it did not take the last message; null if it did
     * @param failedAt when that was; null if there is no error
     * @param waiting how many messages are to leave
     * @param refused how many messages it refused
     * @param oldest since when the oldest message that is to leave might have left; null if there is none
     * @param sick why it counts as sick; null if it does not
     */
    public record Status(
            String channel,
            @Nullable Instant acceptedAt,
            @Nullable String error,
            @Nullable Instant failedAt,
            long waiting,
            long refused,
            @Nullable Instant oldest,
            @Nullable String sick) {}

    /** Returns how a channel does; reads the store. */
    public Status of(String channel) {
        Backlog nothing = new Backlog(channel, 0, 0, null);
        return status(store.backlog().stream()
                .filter(one -> one.channel().equals(channel))
                .findFirst()
                .orElse(nothing));
    }

    /** Returns how those channels do for which something waits; reads the store. */
    public List<Status> busy() {
        latest = store.backlog().stream().map(this::status).toList();
        return latest;
    }

    /** Returns what {@link #busy} or {@link #sick} saw last; from memory. */
    public List<Status> latest() {
        return latest;
    }

    /** Returns the channels that are sick, each with the reason for people; reads the store. */
    public SortedMap<String, String> sick() {
        SortedMap<String, String> sick = new TreeMap<>();
        for (Status status : busy()) {
            if (status.sick() != null) {
                sick.put(status.channel(), status.sick());
            }
        }
        return sick;
    }

    private Status status(Backlog backlog) {
        Failure failure = failures.get(backlog.channel());
        return new Status(
                backlog.channel(),
                acceptances.get(backlog.channel()),
                failure == null ? null : failure.why(),
                failure == null ? null : failure.at(),
                backlog.waiting(),
                backlog.refused(),
                backlog.oldest(),
                sick(backlog, failure));
    }

    private @Nullable String sick(Backlog backlog, @Nullable Failure failure) {
        String why = failure == null ? "" : ": " + failure.why();
        Instant oldest = backlog.oldest();
        if (oldest != null) {
            Duration age = Duration.between(oldest, clock.instant());
            if (age.compareTo(PATIENCE) > 0) {
                return backlog.waiting() + " messages wait for channel " + backlog.channel() + ", the oldest for "
                        + DurationText.inWords(Duration.ofSeconds(age.toSeconds())) + why;
            }
        }
        return backlog.refused() > 0
                ? "channel " + backlog.channel() + " refused " + backlog.refused() + " messages" + why
                : null;
    }
}
