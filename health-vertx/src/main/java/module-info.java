import org.jspecify.annotations.NullMarked;

/** One request handler for Vert.x over the health endpoint. */
@NullMarked
module dev.vitals.health.vertx {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive io.vertx.core;
    requires org.slf4j;

    exports dev.vitals.health.vertx;
}
