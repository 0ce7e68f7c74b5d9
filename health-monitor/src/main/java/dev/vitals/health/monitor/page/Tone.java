package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.Status;

/** The names of the icons, which are those of the colours too: a state is shown by shape, word and colour. */
final class Tone {
    static final String WELL = "well";
    static final String WARN = "warn";
    static final String ILL = "ill";
    static final String GONE = "gone";
    static final String WORK = "work";
    static final String PLAIN = "plain";

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
