import org.jspecify.annotations.NullMarked;

/** Health checks inside the application: checks, engine and report. */
@NullMarked
@SuppressWarnings("module") // the sister modules named below are built later
module dev.vitals.health {
    requires static transitive org.jspecify;
    requires java.management;
    requires static java.net.http; // for the sister modules, which need it themselves
    requires static jdk.management;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.vitals.health;
    exports dev.vitals.health.internal to
            dev.vitals.health.client,
            dev.vitals.health.http,
            dev.vitals.health.indicator,
            dev.vitals.health.javalin,
            dev.vitals.health.monitor,
            dev.vitals.health.servlet;
    exports dev.vitals.health.internal.engine to
            dev.vitals.health.http,
            dev.vitals.health.micrometer,
            dev.vitals.health.monitor;
}
