package dev.vitals.health.monitor.poll;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which results the monitor may have spoilt itself, because it did not run while it polled: these are no results, and
 * the poll is repeated. Pure.
 */
final class SpoiltPolls {
    /** How often a poll is tried before it ends without a result. */
    static final int MAX_ATTEMPTS = 3;

    // A pause of this share of the timeout may be the reason of a failure.
    private static final int SHARE = 10;
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);
    // A run that was interrupted at its timeout needs a moment to end.
    private static final Duration UNTIL_A_RUN_HAS_ENDED = Duration.ofMillis(200);

    private SpoiltPolls() {}

    /** What a result is worth. */
    enum Verdict {
        /** The monitor ran. */
        SOUND,
        /** A result that a pause cannot have caused; it holds for the begin of the poll, and later ones are unknown. */
        HELD_AT_THE_BEGIN,
        /** A good answer, but perhaps from before a long pause. */
        OLD,
        /** A failure that the pause may have caused. */
        SPOILT;

        /** Returns whether the poll should be repeated. */
        boolean isSpoilt() {
            return this == OLD || this == SPOILT;
        }

        /** Returns whether the result counts if the poll cannot be repeated. */
        boolean counts() {
            return this != SPOILT;
        }
    }

    /**
     * Judges a result.
     *
     * @param took the time from the start of the poll to its end
     * @param paused how long the monitor did not run in that time
     */
    static Verdict judge(
            Target target, PollResult result, @Nullable ExchangeResult exchange, Duration took, Duration paused) {
        Duration share = target.timeout().dividedBy(SHARE);
        if (paused.compareTo(MIN_PAUSE) <= 0 || paused.compareTo(share) < 0) {
            return Verdict.SOUND;
        }
        if (result.code() == Outcome.Code.ERROR && mayBeOurs(result, exchange)) {
            return Verdict.SPOILT;
        }
        return took.compareTo(target.interval()) > 0 ? Verdict.OLD : Verdict.HELD_AT_THE_BEGIN;
    }

    private static boolean mayBeOurs(PollResult result, @Nullable ExchangeResult exchange) {
        if (result.httpStatus() != null) {
            return false;
        }
        Failure failure = exchange == null ? null : exchange.failure().orElse(null);
        return failure == null
                || switch (failure.reason()) {
                    case TIMED_OUT, CLOSED, NOT_TRIED, UNKNOWN_HOST, OTHER -> true;
                    case BLOCKED, REFUSED, UNREACHABLE, TLS, NO_HTTP, REDIRECT -> false;
                };
    }

    /** Returns how long to wait before the poll is repeated. */
    static Duration delay(@Nullable ExchangeResult exchange) {
        return exchange == null ? UNTIL_A_RUN_HAS_ENDED : Duration.ZERO;
    }
}
