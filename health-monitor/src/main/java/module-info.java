import org.jspecify.annotations.NullMarked;

/** Polls registered applications, tells people, and holds back deployments. */
@NullMarked
@SuppressWarnings("requires-automatic") // Flyway and Jdbi have no descriptor yet
module dev.vitals.health.monitor {
    requires static transitive org.jspecify;
    requires com.zaxxer.hikari;
    requires dev.vitals.health;
    requires dev.vitals.health.javalin;
    requires flyway.core;
    requires info.picocli;
    requires java.sql;
    requires org.jdbi.v3.core;
}
