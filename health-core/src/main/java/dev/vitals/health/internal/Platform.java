package dev.vitals.health.internal;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values that only the module {@code jdk.management} has; empty on a JVM without it. */
public final class Platform {
    private static final boolean KNOWN =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private Platform() {}

    /** Returns why a value is empty, for a message. */
    public static String reason() {
        return KNOWN ? "this JVM does not report it" : "this JVM lacks the module jdk.management";
    }

    /** Returns the load of this process, as a share of all processors that it may use. */
    public static OptionalDouble processCpuLoad() {
        return KNOWN ? Beans.processCpuLoad() : OptionalDouble.empty();
    }

    /** Returns the load of the machine, or of the container if the JVM knows that it runs in one. */
    public static OptionalDouble systemCpuLoad() {
        return KNOWN ? Beans.systemCpuLoad() : OptionalDouble.empty();
    }

    /** Returns how many file descriptors this process has open, and how many it may open. */
    public static Optional<Usage> fileDescriptors() {
        return KNOWN ? Beans.fileDescriptors() : Optional.empty();
    }

    /** Returns the memory of the machine, in bytes. */
    public static Optional<Usage> memory() {
        return KNOWN ? Beans.memory() : Optional.empty();
    }

    /** Separate, so that its types are loaded only if the module is there. */
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

        /** A JVM that does not know the load returns a negative number or NaN. */
        private static OptionalDouble known(double load) {
            return load >= 0 ? OptionalDouble.of(Math.min(1, load)) : OptionalDouble.empty();
        }
    }
}
