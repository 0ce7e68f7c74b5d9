package dev.vitals.health.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resources of a monitor. They are closed in the reverse order of their addition. */
final class Resources implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    private synchronized AutoCloseable[] takeAll() {
        AutoCloseable[] all = open.toArray(AutoCloseable[]::new);
        open.clear();
        return all;
    }

    @Override
    public void close() {
        for (AutoCloseable resource : takeAll()) {
            try {
                resource.close();
            } catch (Exception e) {
                // If one fails to close, the others must still be closed.
                log.warn("{} did not close", resource.getClass().getSimpleName(), e);
            }
        }
    }
}
