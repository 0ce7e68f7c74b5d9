package dev.vitals.health.monitor.cli;

/** Lists the exit codes of the command line, the same for every command that answers a question. */
final class ExitCode {
    /** Healthy, open, nothing would change, or done. */
    static final int OK = 0;

    /** Unhealthy, degraded, closed, or something would change; {@code serve}: the monitor cannot start. */
    static final int NOT_OK = 1;

    /** No answer within the time that was allowed. */
    static final int TIMED_OUT = 2;

    /** Not known, or an error. */
    static final int FAILED = 3;

    /** Wrong use: an unknown command or option, or a bad value. */
    static final int USAGE = 64;

    private ExitCode() {}
}
