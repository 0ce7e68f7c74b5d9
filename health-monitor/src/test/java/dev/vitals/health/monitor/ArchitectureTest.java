package dev.vitals.health.monitor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.internal.engine.StreakCounts;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;

/** The floors of the house. */
@AnalyzeClasses(packages = "dev.vitals.health.monitor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.vitals.health.monitor";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MODEL_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".model")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.vitals..")
                    .and(not(resideInAnyPackage(ROOT + ".model", "dev.vitals.health.internal")))
                    .and(not(belongToAnyOf(
                            State.class, Status.class, StreakCounts.class, StateMachine.class, Outcome.class))));

    @ArchTest
    static final ArchRule NOBODY_IMPORTS_WEB = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".web", ROOT + ".page")
            .and(not(belongToAnyOf(Monitor.class, MonitorRoutes.class, PageRoutes.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".web");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_SEES_THE_WHOLE = noClasses()
            .that()
            .resideInAnyPackage(verbs(
                    "model",
                    "history",
                    "history.chunk",
                    "registry",
                    "poll",
                    "store",
                    "maintenance",
                    "gate",
                    "deployment",
                    "access",
                    "address",
                    "net",
                    "probe",
                    "file",
                    "host",
                    "metrics",
                    "alert",
                    "incident",
                    "rule",
                    "channel",
                    "message",
                    "text",
                    "observer",
                    "backtest",
                    "page",
                    "stream",
                    "web"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".cli");

    @ArchTest
    static final ArchRule THE_STORE_AND_THE_POLLER_STAND_ON_THE_MODEL_ALONE = noClasses()
            .that()
            .resideInAnyPackage(verbs("store", "probe", "poll"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("history", "registry", "maintenance", "gate", "access", "file", "host", "web"));

    @ArchTest
    static final ArchRule ONLY_THE_SCHEDULE_AND_THE_WEB_KNOW_HOW_IS_POLLED = noClasses()
            .that()
            .resideInAnyPackage(verbs("store", "history", "registry", "maintenance", "gate", "access", "file", "host"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("probe", "net"));

    @ArchTest
    static final ArchRule MAINTENANCE_STANDS_ON_THE_STORE_AND_THE_MODEL = noClasses()
            .that()
            .resideInAPackage(ROOT + ".maintenance")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("registry", "poll", "gate", "access"));

    @ArchTest
    static final ArchRule GATES_DO_NOT_POLL = noClasses()
            .that()
            .resideInAPackage(ROOT + ".gate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("poll", "access"));

    @ArchTest
    static final ArchRule WHAT_IS_TOLD_STANDS_ON_THE_MODEL_ALONE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".alert")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(verbs("alert", "model")))));

    @ArchTest
    static final ArchRule INCIDENTS_NEITHER_POLL_NOR_SEND = noClasses()
            .that()
            .resideInAPackage(ROOT + ".incident")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("poll", "probe", "net", "message", "text", "access"));

    @ArchTest
    static final ArchRule CHANNELS_KNOW_MESSAGES_ONLY = noClasses()
            .that()
            .resideInAnyPackage(verbs("channel", "text"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("incident", "message", "registry", "rule", "poll", "probe"));

    @ArchTest
    static final ArchRule THE_BACK_TEST_STANDS_ON_THE_HISTORY = noClasses()
            .that()
            .resideInAPackage(ROOT + ".backtest")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("registry", "incident", "message", "poll", "probe", "access"));

    @ArchTest
    static final ArchRule THE_HISTORY_STANDS_ON_THE_STORE_AND_THE_MODEL = noClasses()
            .that()
            .resideInAPackage(ROOT + ".history..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("registry", "poll", "access", "web"));

    @ArchTest
    static final ArchRule THE_FORMAT_OF_THE_HISTORY_STANDS_ON_THE_MODEL_ALONE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".history.chunk")
            .should()
            .dependOnClassesThat(
                    resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(verbs("history.chunk", "model")))));

    @ArchTest
    static final ArchRule THE_FILE_KNOWS_NEITHER_OTHER_SOURCES_NOR_HOW_IS_POLLED = noClasses()
            .that()
            .resideInAnyPackage(verbs("file"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(verbs("poll", "host", "access"));

    @ArchTest
    static final ArchRule YAML_STAYS_IN_THE_FILE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".file")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule ADDRESSES_STAND_ON_CORE_ALONE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".address")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + ".address"))));

    @ArchTest
    static final ArchRule CONNECTIONS_STAND_ON_CORE_AND_ADDRESSES = noClasses()
            .that()
            .resideInAPackage(ROOT + ".net")
            .should()
            .dependOnClassesThat(
                    resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(ROOT + ".net", ROOT + ".address"))));

    @ArchTest
    static final ArchRule ONLY_ACCESS_KNOWS_HOW_TO_ENCRYPT_AND_HASH = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".access")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "javax.crypto..");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_THE_STORE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..");

    @ArchTest
    static final ArchRule NETTY_STAYS_WITH_THE_CONNECTIONS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".net")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    private static String[] verbs(String... names) {
        return Arrays.stream(names).map(name -> ROOT + "." + name).toArray(String[]::new);
    }
}
