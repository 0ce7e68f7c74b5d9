import org.jspecify.annotations.NullMarked;

/** The health endpoint: which answer to which request, whatever the server, and a server of its own. */
@NullMarked
module dev.vitals.health.http {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires com.fasterxml.jackson.databind;
    requires static jdk.httpserver;
    requires org.slf4j;

    exports dev.vitals.health.http;
}
