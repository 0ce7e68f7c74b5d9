package dev.vitals.health.client;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the attempts to register with one monitor: the first failure of each kind at WARN, the first success after it at
 * INFO, and all repetitions at DEBUG. Used by one attempt at a time.
 */
final class RegistrationLog {
    private static final Logger log = LoggerFactory.getLogger(MonitorClient.class);

    private final URI monitor;
    private final String app;
    private final Set<Failure> warned = EnumSet.noneOf(Failure.class);
    private boolean registered;

    /** The kind of a failure. A refusal is worth a new warning after the monitor was away, since it needs another fix. */
    enum Failure {
        AWAY,
        REFUSED,
        /** The token could not be read, so nothing was sent. */
        TOKEN,
        INTERNAL
    }

    RegistrationLog(URI monitor, String app) {
        this.monitor = monitor;
        this.app = app;
    }

    void accepted(String instance, @Nullable String unreachable) {
        if (unreachable != null) {
            // Only the answer after a first poll says so, which makes it worth a warning each time.
            log.warn(
                    "registered with {} as {}/{}, but the monitor cannot reach it: {}",
                    monitor,
                    app,
                    instance,
                    unreachable);
        } else if (registered) {
            log.debug("renewed with {} as {}/{}", monitor, app, instance);
        } else {
            log.info("registered with {} as {}/{}", monitor, app, instance);
        }
        registered = true;
        warned.clear();
    }

    void failed(Failure failure, String reason) {
        registered = false;
        if (warned.add(failure)) {
            log.warn("cannot register {} with {}, will retry: {}", app, monitor, reason);
        } else {
            log.debug("still cannot register {} with {}: {}", app, monitor, reason);
        }
    }

    void postponed() {
        log.debug("{} has no port yet, registering with {} later", app, monitor);
    }

    void abandoned(String reason) {
        log.debug("stopped registering {} with {} at close: {}", app, monitor, reason);
    }

    void deregistered(String instance, String answer) {
        log.debug("deregistered {}/{} from {}, which {}", app, instance, monitor, answer);
    }

    void notDeregistered(Throwable failure) {
        log.debug("cannot deregister {} from {}", app, monitor, failure);
    }
}
