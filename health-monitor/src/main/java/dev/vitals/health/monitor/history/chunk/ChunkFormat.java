package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;

/** The constants of the format that the package page describes. They are in files, so they never change. */
final class ChunkFormat {
    static final int VERSION = 1;
    static final int VERSION_SHIFT = 2;
    static final int VERSION_BYTE = VERSION << VERSION_SHIFT | 3;

    static final int KIND_MASK = 3;
    static final int RESULT = 0;
    static final int MINUTE = 1;
    static final int SERIES_MINUTE = 2;
    static final int VERSION_KIND = 3;

    /** Flags of a result. */
    static final int CODE_SHIFT = 2;

    static final int CODE_MASK = 3;
    static final int HTTP = 1 << 4;
    static final int MESSAGE = 1 << 5;
    static final int COMPONENTS = 1 << 6;

    /** Flags of a minute. */
    static final int OKS = 1 << 2;

    static final int WARNINGS = 1 << 3;
    static final int ERRORS = 1 << 4;
    static final int SKETCH = 1 << 5;

    /** Flag of a minute of a series. */
    static final int ONE_VALUE = 1 << 2;

    private ChunkFormat() {}

    static int number(Outcome.Code code) {
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
            default -> throw damaged("unknown code " + number);
        };
    }

    static int number(Status status) {
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
            default -> throw damaged("unknown status " + number);
        };
    }

    static IllegalStateException damaged(String detail) {
        return new IllegalStateException("the history is damaged: " + detail);
    }
}
