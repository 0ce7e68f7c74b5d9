package dev.vitals.health.monitor.history;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;

/** The numbers that stand for codes and statuses in the file; never to be changed. */
final class ChunkFormat {
    /** How many codes there are. */
    static final int SIZE = 3;

    private ChunkFormat() {}

    static int of(Outcome.Code code) {
        return switch (code) {
            case OK -> 0;
            case WARNING -> 1;
            case ERROR -> 2;
        };
    }

    static Outcome.Code code(int number) {
        return switch (number) {
            case 0 -> Outcome.Code.OK;
            case 1 -> Outcome.Code.WARNING;
            case 2 -> Outcome.Code.ERROR;
            default -> throw damaged("code", number);
        };
    }

    static int of(Status status) {
        return switch (status) {
            case PASS -> 0;
            case WARN -> 1;
            case FAIL -> 2;
        };
    }

    static Status status(int number) {
        return switch (number) {
            case 0 -> Status.PASS;
            case 1 -> Status.WARN;
            case 2 -> Status.FAIL;
            default -> throw damaged("status", number);
        };
    }

    private static IllegalStateException damaged(String what, int number) {
        return new IllegalStateException("the history is damaged: there is no " + what + " " + number);
    }
}
