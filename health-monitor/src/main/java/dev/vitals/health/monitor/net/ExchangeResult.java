package dev.vitals.health.monitor.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a call: an answer or a failure, with the duration of each phase. Immutable. */
public final class ExchangeResult {
    private final @Nullable HttpAnswer answer;
    private final @Nullable Failure failure;
    private final Timings timings;
    private final @Nullable String judgedBy;

    ExchangeResult(@Nullable HttpAnswer answer, @Nullable Failure failure, Timings timings) {
        this(answer, failure, timings, null);
    }

    private ExchangeResult(
            @Nullable HttpAnswer answer, @Nullable Failure failure, Timings timings, @Nullable String judgedBy) {
        this.answer = answer;
        this.failure = failure;
        this.timings = timings;
        this.judgedBy = judgedBy;
    }

    /** Returns a copy that says by which part of the answer it was judged. */
    public ExchangeResult judgedBy(String part) {
        return new ExchangeResult(answer, failure, timings, part);
    }

    /** Returns the part of the answer that it was judged by, such as {@code body}; empty if nobody has judged it. */
    public Optional<String> judgedBy() {
        return Optional.ofNullable(judgedBy);
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
