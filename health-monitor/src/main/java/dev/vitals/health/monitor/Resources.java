package dev.vitals.health.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be closed, in the reverse of the order of adding. */
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
                // One that fails must not keep the others open.
                log.warn("{} did not close", resource.getClass().getSimpleName(), e);
            }
        }
    }
}
