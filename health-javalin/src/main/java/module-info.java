import org.jspecify.annotations.NullMarked;

/** One Javalin plugin over the health endpoint. */
@NullMarked
module dev.vitals.health.javalin {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health.http;
    requires transitive io.javalin;

    exports dev.vitals.health.javalin;
}
