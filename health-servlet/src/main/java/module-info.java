import org.jspecify.annotations.NullMarked;

/** The health endpoint as a servlet. */
@NullMarked
module dev.vitals.health.servlet {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive jakarta.servlet;

    exports dev.vitals.health.servlet;
}
