import org.jspecify.annotations.NullMarked;

/** For tests of checks: manual time, checks that fail when told to, assertions on reports, a JUnit extension. */
@NullMarked
module dev.vitals.health.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.vitals.health;
    requires static transitive org.junit.jupiter.api;

    exports dev.vitals.health.testkit;
}
