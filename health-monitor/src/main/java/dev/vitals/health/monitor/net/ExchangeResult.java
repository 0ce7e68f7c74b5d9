package dev.vitals.health.monitor.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to reach somebody: an answer or a failure, and how long each phase took. Immutable. */
public final class ExchangeResult {
    private final @Nullable HttpAnswer answer;
    private final @Nullable Failure failure;
    private final Timings phases;

    ExchangeResult(@Nullable HttpAnswer answer, @Nullable Failure failure, Timings phases) {
        this.answer = answer;
        this.failure = failure;
        this.phases = phases;
    }

    /** Returns whether it came to what was asked for: an answer, or for a plain connection that one. */
    public boolean succeeded() {
        return failure == null;
    }

    /** Returns the answer; empty after a failure, and where none was asked for. */
    public Optional<HttpAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    /** Returns why it came to nothing. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns how long each phase took. */
    public Timings phases() {
        return phases;
    }
}
