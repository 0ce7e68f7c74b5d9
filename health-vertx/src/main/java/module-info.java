import org.jspecify.annotations.NullMarked;

/** The health endpoint as a request handler for Vert.x. */
@NullMarked
module dev.vitals.health.vertx {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive io.vertx.core;
    requires org.slf4j;

    exports dev.vitals.health.vertx;
}
