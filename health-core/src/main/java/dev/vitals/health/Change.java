package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of a check from one state to another. Immutable. */
public final class Change {
    private final String check;
    private final State from;
    private final State to;
    private final Instant at;
    private final Duration lasted;
    private final @Nullable String why;

    private Change(String check, State from, State to, Instant at, Duration lasted, @Nullable String why) {
        this.check = check;
        this.from = from;
        this.to = to;
        this.at = at;
        this.lasted = lasted;
        this.why = why;
    }

    static Change between(CheckResult before, CheckResult after) {
        Duration lasted = Duration.between(before.since(), after.since());
        return new Change(
                after.name(),
                before.state(),
                after.state(),
                after.since(),
                lasted.isNegative() ? Duration.ZERO : lasted,
                after.output().orElse(null));
    }

    /** Returns the name of the check. */
    public String check() {
        return check;
    }

    /** Returns the state before the change. */
    public State from() {
        return from;
    }

    /** Returns the state after the change. */
    public State to() {
        return to;
    }

    /** Returns the wall time of the change. */
    public Instant at() {
        return at;
    }

    /** Returns how long the state before lasted, by the wall clock; never negative. */
    public Duration lasted() {
        return lasted;
    }

    /** Returns the reason for the new state, if it does not pass. */
    public Optional<String> why() {
        return Optional.ofNullable(why);
    }

    /** Returns whether the new state is better. */
    public boolean better() {
        return to == State.HEALTHY || (to == State.DEGRADED && from == State.UNHEALTHY);
    }

    @Override
    public String toString() {
        return "check " + check + ": " + from + " -> " + to + (why == null ? "" : ": " + why);
    }
}
