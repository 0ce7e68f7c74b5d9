import org.jspecify.annotations.NullMarked;

/** The checks as meters of Micrometer. */
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no descriptor yet
module dev.vitals.health.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires transitive micrometer.core;

    exports dev.vitals.health.micrometer;
}
