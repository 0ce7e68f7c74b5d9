package dev.vitals.health.client;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how the attempts at one monitor go, once: the first failure of each kind as WARN, success after that as INFO,
 * and all repeats as DEBUG. One attempt at a time uses it.
 */
final class AttemptLog {
    private static final Logger log = LoggerFactory.getLogger(MonitorClient.class);

    private final URI monitor;
    private final String app;
    private final Set<Trouble> warned = EnumSet.noneOf(Trouble.class);
    private boolean registered;

    /** Whose trouble it is. A refusal after an absence is news, and needs other hands. */
    enum Trouble {
        AWAY,
        REFUSED,
        OWN
    }

    AttemptLog(URI monitor, String app) {
        this.monitor = monitor;
        this.app = app;
    }

    void accepted(String instance, @Nullable String unreachable) {
        if (unreachable != null) {
            // Said at the first poll alone, so it is news each time.
            log.warn("registered with {} as {}/{}, which cannot reach it: {}", monitor, app, instance, unreachable);
        } else if (registered) {
            log.debug("renewed with {} as {}/{}", monitor, app, instance);
        } else {
            log.info("registered with {} as {}/{}", monitor, app, instance);
        }
        registered = true;
        warned.clear();
    }

    void failed(Trouble trouble, String reason) {
        registered = false;
        if (warned.add(trouble)) {
            log.warn("cannot register {} with {}, will go on trying: {}", app, monitor, reason);
        } else {
            log.debug("still cannot register {} with {}: {}", app, monitor, reason);
        }
    }

    void postponed() {
        log.debug("{} has no port yet, registering with {} later", app, monitor);
    }

    void abandoned(String reason) {
        log.debug("gave up registering {} with {} on closing: {}", app, monitor, reason);
    }

    void deregistered(String instance, String answer) {
        log.debug("deregistered {}/{} from {}, which {}", app, instance, monitor, answer);
    }

    void notDeregistered(Throwable failure) {
        log.debug("cannot deregister {} from {}", app, monitor, failure);
    }
}
