package dev.vitals.health.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an HTTP client of the JDK. Knows it by name only, since not every application has the module java.net.http. */
public final class HttpClientEnd {
    private static final Logger log = LoggerFactory.getLogger(HttpClientEnd.class);

    private HttpClientEnd() {}

    /**
     * Closes the connections of a {@code java.net.http.HttpClient} and ends its thread, without waiting. Before JDK 21 a
     * client cannot be closed: then both last until a garbage collection after the last reference is gone.
     */
    public static void of(Object client) {
        try {
            Class.forName("java.net.http.HttpClient").getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException beforeJdk21) {
            log.trace("an HTTP client of this JVM cannot be closed", beforeJdk21);
        } catch (ReflectiveOperationException e) {
            log.debug("the HTTP client did not close", e);
        }
    }
}
