import org.jspecify.annotations.NullMarked;

/** Registers the application with monitors. */
@NullMarked
module dev.vitals.health.client {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires java.net.http;
}
