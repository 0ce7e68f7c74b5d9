import org.jspecify.annotations.NullMarked;

/** One servlet over the health endpoint. */
@NullMarked
module dev.vitals.health.servlet {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive jakarta.servlet;

    exports dev.vitals.health.servlet;
}
