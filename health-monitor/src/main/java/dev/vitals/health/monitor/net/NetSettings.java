package dev.vitals.health.monitor.net;

import java.net.InetAddress;
import java.time.Duration;

/**
 * The bounds of a {@link NetClient}.
 *
 * @param maxOpen how many connections may be open at once
 * @param maxKept how many of them may be kept for later calls
 * @param maxAge how old a kept connection may become
 * @param lookup how names are looked up
 */
record NetSettings(int maxOpen, int maxKept, Duration maxAge, Resolver.Lookup lookup) {
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final double OPEN_SHARE = 0.8;
    private static final double KEPT_SHARE = 0.6;

    /** Returns what the process's limit of open files allows. */
    static NetSettings ofProcess() {
        int files = FileLimit.ofProcess();
        return new NetSettings(
                Math.max(1, (int) (files * OPEN_SHARE)),
                (int) (files * KEPT_SHARE),
                MAX_AGE,
                InetAddress::getAllByName);
    }
}
