import org.jspecify.annotations.NullMarked;

/** The health endpoint as a plugin for Javalin. */
@NullMarked
module dev.vitals.health.javalin {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive io.javalin;

    exports dev.vitals.health.javalin;
}
