package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.Comparator;
import java.util.List;

/** The names of the icons, which are those of the colours too: a state is shown by shape, word and colour. */
final class Tone {
    static final String WELL = "well";
    static final String WARN = "warn";
    static final String ILL = "ill";
    static final String GONE = "gone";
    static final String WORK = "work";
    static final String PLAIN = "plain";

    /** All states as counts name them. */
    static final List<State> ORDER = List.of(State.UNHEALTHY, State.DEGRADED, State.UNKNOWN, State.HEALTHY);

    /** The order of targets in lists. */
    static final Comparator<WatchedTarget> WORST_FIRST = Comparator.comparing(
                    (WatchedTarget watched) -> rank(watched.state().state()))
            .thenComparing(WatchedTarget::id);

    private Tone() {}

    static String of(State state) {
        return switch (state) {
            case HEALTHY -> WELL;
            case DEGRADED -> WARN;
            case UNHEALTHY -> ILL;
            case UNKNOWN -> GONE;
        };
    }

    static String of(Status status) {
        return switch (status) {
            case PASS -> WELL;
            case WARN -> Tone.WARN;
            case FAIL -> ILL;
        };
    }

    /** Returns the place of a state in lists: the worst first. */
    static int rank(State state) {
        return switch (state) {
            case UNHEALTHY -> 0;
            case UNKNOWN -> 1;
            case DEGRADED -> 2;
            case HEALTHY -> 3;
        };
    }
}
