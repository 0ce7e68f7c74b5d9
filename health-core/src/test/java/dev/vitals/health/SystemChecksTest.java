package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.internal.Cgroup;
import dev.vitals.health.internal.KernelFiles;
import dev.vitals.health.internal.SystemMemory;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChecksTest {
    @TempDir
    Path root;

    private long nanos;
    private long usedNanos = 5;

    @Test
    void addsTheFourChecksOfTheSystem() {
        ManualScheduler time = new ManualScheduler();
        try (Health health = time.health().system().start()) {
            time.advance(Duration.ofSeconds(30));
            assertThat(health.report().checks())
                    .extracting(CheckResult::name)
                    .containsExactlyInAnyOrder("cpu", "memory", "disk", "uptime");
            assertThat(health.report().checks())
                    .allSatisfy(check ->
                            assertThat(check.definition().componentType()).contains("system"))
                    .noneMatch(check -> check.definition().critical())
                    .noneMatch(check -> check.status() == Status.FAIL);
            assertThat(measured(outcome(health, "uptime")))
                    .singleElement()
                    .asString()
                    .matches("uptime=[0-9.]+ s");
            List.of("disk", "memory").forEach(name -> isAShareInPercent(outcome(health, name)));
        }
    }

    @Test
    void measuresTheMemoryOfTheContainer() throws IOException {
        KernelFiles files = new KernelFiles(root);
        files.meminfo(1_000_000, 900_000);
        files.memoryV2("", "1024000", "1024000", "inactive_file 102400");
        assertThat(memory().code()).isEqualTo(Outcome.Code.OK);
        assertThat(measured(memory())).containsExactly("utilization=90.0 percent");
        files.memoryV2("", "1024000", "1024000", "");
        warns(memory(), "1024000 of 1024000 bytes of memory are in use: 100 %, the limit is 95 %");
    }

    @Test
    void measuresTheMemoryOfTheMachineIfThereIsNoLowerLimit() throws IOException {
        KernelFiles files = new KernelFiles(root);
        files.meminfo(1_000, 400);
        assertThat(measured(memory())).containsExactly("utilization=60.0 percent");
        files.memoryV2("", "9000000", "9000000", "");
        assertThat(measured(memory())).containsExactly("utilization=60.0 percent");
    }

    @Test
    void measuresTheMemoryThatTheJvmKnowsWithoutTheFilesOfTheKernel() {
        isAShareInPercent(memory());
    }

    @Test
    void measuresTheShareOfTheContainersCpuLimitSinceTheRunBefore() {
        SystemCpu check = new SystemCpu(() -> Optional.of(new Cgroup.Cpu(2, usedNanos)), () -> nanos);
        Outcome first = check.run();
        assertThat(first.message()).contains("the CPU load is not known yet");
        assertThat(first.code()).isEqualTo(Outcome.Code.OK);
        assertThat(first.measurements()).isEmpty();
        assertThat(measured(later(check, 10, 10))).containsExactly("utilization=50.0 percent");
        assertThat(later(check, 10, 20).code()).isEqualTo(Outcome.Code.OK); // one busy moment is no trouble
        assertThat(later(check, 10, 20).code()).isEqualTo(Outcome.Code.OK);
        warns(later(check, 10, 20), "CPU load of 2.0 processors, the lowest of 3 readings: 100 %, the limit is 95 %");
        assertThat(later(check, 10, 0).code()).isEqualTo(Outcome.Code.OK);
    }

    @Test
    void measuresTheCpuOfTheSystemWithoutALimit() {
        SystemCpu check = new SystemCpu(Optional::empty, System::nanoTime);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Outcome outcome = check.run();
        while (outcome.measurements().isEmpty()) { // the JVM has no figure for its first moments
            assertThat(System.nanoTime()).isLessThan(end);
            outcome = check.run();
        }
        isAShareInPercent(outcome);
    }

    @Test
    void refusesANameThatIsInUse() {
        HealthBuilder builder = Health.builder().check("disk", Outcome::ok);
        assertThatIllegalArgumentException().isThrownBy(builder::system).withMessageContaining("disk");
    }

    private Outcome memory() {
        return SystemChecks.memory(new SystemMemory(root));
    }

    private Outcome later(SystemCpu check, long seconds, long usedSeconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        usedNanos += TimeUnit.SECONDS.toNanos(usedSeconds);
        return check.run();
    }

    private static void warns(Outcome outcome, String message) {
        assertThat(outcome.message()).contains(message);
        assertThat(outcome.code()).isEqualTo(Outcome.Code.WARNING);
    }

    private static void isAShareInPercent(Outcome outcome) {
        assertThat(outcome.measurements()).singleElement().satisfies(share -> {
            assertThat(share.name()).isEqualTo("utilization");
            assertThat(share.unit()).isEqualTo("percent");
            assertThat(share.value().doubleValue()).isBetween(0.0, 100.0);
        });
    }

    private static List<String> measured(Outcome outcome) {
        return outcome.measurements().stream().map(Measurement::toString).toList();
    }

    private static Outcome outcome(Health health, String name) {
        return health.check(name).map(CheckResult::outcome).orElseThrow();
    }
}
