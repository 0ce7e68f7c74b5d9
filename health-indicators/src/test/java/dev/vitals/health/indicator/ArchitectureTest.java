package dev.vitals.health.indicator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.vitals.health.HealthCheck;

@AnalyzeClasses(packages = "dev.vitals.health.indicator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule dependsOnCoreAndFewLibraries = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vitals.health",
                    "dev.vitals.health.http..",
                    "dev.vitals.health.indicator",
                    "dev.vitals.health.internal",
                    "java..",
                    "javax.security.auth.x500..",
                    "javax.sql..",
                    "javax.net.ssl..",
                    "org.slf4j..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule showsIndicatorsAlone = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .implement(HealthCheck.class)
            .andShould()
            .haveSimpleNameEndingWith("Indicator")
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule leavesTheStandardStreamsAlone = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
