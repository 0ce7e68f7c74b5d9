package dev.vitals.health.monitor.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files this process may have open. */
final class FileLimit {
    private static final int UNLESS_KNOWN = 8_192;
    private static final int ENOUGH = 1_000_000;

    private FileLimit() {}

    static int ofProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return (int) Math.min(ENOUGH, Math.max(1, unix.getMaxFileDescriptorCount()));
        }
        return UNLESS_KNOWN;
    }
}
