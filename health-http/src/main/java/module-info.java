import org.jspecify.annotations.NullMarked;

/** The health endpoint, independent of any server, and a small server for it. */
@NullMarked
@SuppressWarnings("module") // the modules that share the internals are not on the path when this one is compiled
module dev.vitals.health.http {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.vitals.health.http;
    exports dev.vitals.health.http.internal to
            dev.vitals.health.indicator,
            dev.vitals.health.javalin,
            dev.vitals.health.monitor,
            dev.vitals.health.servlet,
            dev.vitals.health.vertx;
}
