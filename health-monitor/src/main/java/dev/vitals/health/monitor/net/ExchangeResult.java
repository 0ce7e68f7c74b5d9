package dev.vitals.health.monitor.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a call: an answer or a failure, with the duration of each phase. Immutable. */
public final class ExchangeResult {
    private final @Nullable HttpAnswer answer;
    private final @Nullable Failure failure;
    private final Timings timings;

    ExchangeResult(@Nullable HttpAnswer answer, @Nullable Failure failure, Timings timings) {
        this.answer = answer;
        this.failure = failure;
        this.timings = timings;
    }

    /** Returns whether an HTTP call got an answer, or a TCP call a connection. */
    public boolean succeeded() {
        return failure == null;
    }

    /** Returns the answer; empty after a failure and for a TCP call. */
    public Optional<HttpAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    /** Returns the failure; empty after a success. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns the duration of each phase. */
    public Timings timings() {
        return timings;
    }
}
