package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChecksTest {
    private static final Levels LEVELS = Levels.warnOnly(0.95);

    @TempDir
    Path root;

    private long nanos;
    private long usedNanos = 5;

    @Test
    void addsTheFourChecksOfTheSystem() {
        try (Health health = SystemChecks.addTo(Health.builder()).start()) {
            List.of("cpu", "memory", "disk", "uptime")
                    .forEach(name -> Expect.becomesTrue(
                            name, () -> health.check(name).orElseThrow().state() != State.UNKNOWN));
            assertThat(Measured.all(outcome(health, "uptime")).toString()).matches("\\[uptime=[0-9.]+ s]");
            assertThat(Measured.of(outcome(health, "disk"), "utilization")).isBetween(0.0, 100.0);
            assertThat(Measured.of(outcome(health, "memory"), "utilization")).isBetween(0.0, 100.0);
            assertThat(health.report().checks())
                    .allSatisfy(check ->
                            assertThat(check.definition().componentType()).contains("system"))
                    .noneMatch(check -> check.definition().critical());
        }
    }

    @Test
    void memoryIsThatOfTheContainer() throws IOException {
        KernelFiles files = new KernelFiles(root);
        files.meminfo(1_000_000, 900_000);
        files.memoryV2("", "1024000", "1024000", "inactive_file 102400");
        Outcome outcome = memory();
        Expect.ok(outcome);
        assertThat(Measured.all(outcome)).containsExactly("utilization=90.0 percent");
        files.memoryV2("", "1024000", "1024000", "");
        Expect.warning(memory(), "1024000 of 1024000 bytes of memory are in use: 100 %, the limit is 95 %");
    }

    @Test
    void memoryWithoutALimitBelowItIsThatOfTheMachine() throws IOException {
        KernelFiles files = new KernelFiles(root);
        files.meminfo(1_000, 400);
        assertThat(Measured.all(memory())).containsExactly("utilization=60.0 percent");
        files.memoryV2("", "9000000", "9000000", "");
        assertThat(Measured.all(memory())).containsExactly("utilization=60.0 percent");
    }

    @Test
    void memoryWithoutTheFilesOfTheKernelIsWhatTheJvmKnows() {
        assertThat(Measured.of(memory(), "utilization")).isBetween(0.0, 100.0);
    }

    @Test
    void cpuIsTheTimeUsedSinceTheLastRunOfWhatTheContainerMayUse() {
        SystemCpu check = new SystemCpu(LEVELS, () -> Optional.of(new Cgroup.Cpu(2, usedNanos)), () -> nanos);
        Measured.nothing(check.run(), "the CPU load is known from the second run on");
        Outcome half = later(check, 10, 10);
        Expect.ok(half);
        assertThat(Measured.all(half)).containsExactly("utilization=50.0 percent");
        Expect.warning(later(check, 10, 20), "CPU load of 2.0 processors: 100 %, the limit is 95 %");
        Expect.ok(later(check, 10, 0));
    }

    @Test
    void cpuWithoutALimitIsThatOfTheSystem() {
        SystemCpu check = new SystemCpu(LEVELS, Optional::empty, System::nanoTime);
        Expect.becomesTrue("a load", () -> !check.run().measurements().isEmpty());
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        HealthBuilder builder = Health.builder().check("disk", Outcome::ok);
        assertThatIllegalArgumentException().isThrownBy(() -> SystemChecks.addTo(builder));
        assertThatNullPointerException()
                .isThrownBy(() -> SystemChecks.addTo(null))
                .withMessage("builder");
    }

    private Outcome memory() {
        return new SystemMemory(LEVELS, new Cgroup(root), root).run();
    }

    private Outcome later(SystemCpu check, long seconds, long usedSeconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        usedNanos += TimeUnit.SECONDS.toNanos(usedSeconds);
        return check.run();
    }

    private static Outcome outcome(Health health, String name) {
        return health.check(name).map(CheckResult::outcome).orElseThrow();
    }
}
