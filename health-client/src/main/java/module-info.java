import org.jspecify.annotations.NullMarked;

/**
 * Registers the application with monitors.
 *
 * <pre>{@code
 * try (MonitorClient client = MonitorClient.builder(URI.create("http://monitor:8090"))
 *         .app("orders")
 *         .url(URI.create("http://localhost:8080"))
 *         .notify("ops@example.org")
 *         .start()) {
 *     serve();
 * }
 * }</pre>
 */
@NullMarked
@SuppressWarnings("requires-automatic") // JmDNS has no descriptor yet
module dev.vitals.health.client {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires static javax.jmdns;
    requires org.slf4j;

    exports dev.vitals.health.client;
}
