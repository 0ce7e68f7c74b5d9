package dev.vitals.health.internal;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;

/** What only the JDK's own management module knows; empty on a JVM without it. */
public final class Platform {
    private static final boolean KNOWN =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private Platform() {}

    /** Returns the load that this process makes, of all processors it may use. */
    public static OptionalDouble processCpuLoad() {
        return KNOWN ? Beans.processCpuLoad() : OptionalDouble.empty();
    }

    /** Returns the load of the machine, or of the container where the JVM knows that it is in one. */
    public static OptionalDouble systemCpuLoad() {
        return KNOWN ? Beans.systemCpuLoad() : OptionalDouble.empty();
    }

    /** Returns how many are open of those that this process may have. */
    public static Optional<Usage> fileDescriptors() {
        return KNOWN ? Beans.fileDescriptors() : Optional.empty();
    }

    /** Returns the memory of the machine, in bytes. */
    public static Optional<Usage> memory() {
        return KNOWN ? Beans.memory() : Optional.empty();
    }

    /** Apart, so that its types are looked for only where they are. */
    private static final class Beans {
        static OptionalDouble processCpuLoad() {
            return bean().map(OperatingSystemMXBean::getProcessCpuLoad)
                    .map(Beans::known)
                    .orElse(OptionalDouble.empty());
        }

        static OptionalDouble systemCpuLoad() {
            return bean().map(OperatingSystemMXBean::getCpuLoad)
                    .map(Beans::known)
                    .orElse(OptionalDouble.empty());
        }

        static Optional<Usage> fileDescriptors() {
            return bean().filter(UnixOperatingSystemMXBean.class::isInstance)
                    .map(UnixOperatingSystemMXBean.class::cast)
                    .map(unix -> new Usage(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount()))
                    .filter(usage -> usage.used() >= 0 && usage.max() > 0);
        }

        static Optional<Usage> memory() {
            return bean().map(
                            os -> new Usage(os.getTotalMemorySize() - os.getFreeMemorySize(), os.getTotalMemorySize()))
                    .filter(usage -> usage.max() > 0);
        }

        private static Optional<OperatingSystemMXBean> bean() {
            return Optional.of(ManagementFactory.getOperatingSystemMXBean())
                    .filter(OperatingSystemMXBean.class::isInstance)
                    .map(OperatingSystemMXBean.class::cast);
        }

        /** Negative, or no number, is what a JVM says that does not know. */
        private static OptionalDouble known(double load) {
            return load >= 0 ? OptionalDouble.of(Math.min(1, load)) : OptionalDouble.empty();
        }
    }
}
