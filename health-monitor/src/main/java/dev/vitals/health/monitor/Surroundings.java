package dev.vitals.health.monitor;

import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.probe.ExecProbe;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of how the process was started, where checks suffer from it. */
final class Surroundings implements RegistryListener {
    private static final Logger log = LoggerFactory.getLogger(Surroundings.class);
    private static final long INIT = 1;
    private static final String BEYOND_ASCII = "\u00e4\u20ac";

    private final AtomicBoolean warned = new AtomicBoolean();
    private final long pid;

    /** Warns for the process with this PID, whose locale has this encoding. */
    Surroundings(long pid, Charset encoding) {
        this.pid = pid;
        if (!encoding.newEncoder().canEncode(BEYOND_ASCII)) {
            log.warn(
                    "the locale of the monitor knows {} only: commands and names of files with other characters are refused;"
                            + " start it with LC_ALL=C.UTF-8",
                    encoding);
        }
    }

    @Override
    public void watched(Target target) {
        if (pid == INIT && target.probe() instanceof ExecProbe && warned.compareAndSet(false, true)) {
            log.warn(
                    "{} runs a command, but the monitor is process 1 and does not clean up after the children of commands;"
                            + " start it below an init, such as by docker run --init",
                    target.id());
        }
    }
}
