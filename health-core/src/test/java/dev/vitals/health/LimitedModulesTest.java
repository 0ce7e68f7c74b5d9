package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.Cgroup;
import dev.vitals.health.internal.SystemMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a JVM without the module {@code jdk.management}, as an image of jlink may be. */
class LimitedModulesTest {
    @TempDir
    Path emptyRoot;

    @Test
    void cpuAndMemoryWarnThatTheyAreNotAvailable() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--limit-modules",
                        "java.base,java.management,java.logging,java.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looks.class.getName(),
                        emptyRoot.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        String reason = " is not available: this JVM lacks the module jdk.management";
        assertThat(said.lines().filter(line -> line.startsWith("# ")))
                .containsExactly(
                        "# OK the CPU load is not known yet",
                        "# OK the CPU load is not known yet",
                        "# WARNING the CPU load" + reason,
                        "# WARNING the memory in use" + reason);
    }

    /** Looks at the system and prints what is seen. */
    static final class Looks {
        private Looks() {}

        public static void main(String[] arguments) {
            Path root = Path.of(arguments[0]);
            SystemCpu cpu = new SystemCpu(new Cgroup(root)::cpu, System::nanoTime);
            List.of(cpu.run(), cpu.run(), cpu.run(), SystemChecks.memory(new SystemMemory(root)))
                    .forEach(outcome -> System.out.println(
                            "# " + outcome.code() + " " + outcome.message().orElse("")));
        }
    }
}
