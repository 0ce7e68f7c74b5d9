package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.vitals.health.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecIndicatorTest {
    @Test
    void readsTheExitCodeOfAMonitoringPlugin() throws Exception {
        Outcome ok = plugin(0).run();
        assertThat(ok.code()).isEqualTo(Outcome.Code.OK);
        assertThat(ok.message()).contains("DISK 80% | free=20");
        assertThat(ok.data()).containsEntry("exitCode", 0).containsEntry("output", "DISK 80% | free=20\nmore");
        Expect.warning(plugin(1).run(), "DISK 80% | free=20");
        Expect.error(plugin(2).run(), "DISK 80% | free=20");
        Expect.error(plugin(3).run(), "unknown: DISK 80% | free=20");
        Expect.error(
                ExecIndicator.of("false")
                        .monitoringPlugin()
                        .expectedExit(1)
                        .expectedExit(0)
                        .run(),
                "'false' exited with 1, expected 0");
        Expect.warning(ExecIndicator.of("false").monitoringPlugin().run(), "'false' exited with 1");
    }

    private static ExecIndicator plugin(int exit) {
        return ExecIndicator.of("sh", "-c", "echo 'DISK 80% | free=20'; echo more; exit " + exit)
                .monitoringPlugin();
    }

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void theExpectedExitIsOk() throws Exception {
        Outcome outcome = ExecIndicator.of("true").run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsOnly(Map.entry("exitCode", 0));
        Expect.ok(ExecIndicator.of("false").expectedExit(1).run());
    }

    @Test
    void anotherExitIsAnErrorThatNamesTheProgramButNotItsArguments() throws Exception {
        Outcome outcome = ExecIndicator.of("false", "--password=secret").run();
        Expect.error(outcome, "'false' exited with 1, expected 0");
        assertThat(outcome.data()).containsEntry("exitCode", 1);
    }

    @Test
    void keepsTheOutputAndErrorsToo() throws Exception {
        assertThat(ExecIndicator.of("echo", "all", "well").run().data()).containsEntry("output", "all well");
        assertThat(ExecIndicator.of("cat", "/nowhere").run().data().get("output"))
                .asString()
                .contains("/nowhere");
    }

    @Test
    void argumentsAreNotReadByAShell() throws Exception {
        assertThat(ExecIndicator.of("echo", "$HOME; `id` *").run().data()).containsEntry("output", "$HOME; `id` *");
    }

    @Test
    void theInputIsEmpty() throws Exception {
        Outcome outcome = ExecIndicator.of("cat").timeout(LONG).run();
        Expect.ok(outcome);
        assertThat(outcome.data()).doesNotContainKey("output");
    }

    @Test
    void runsInTheWorkingDirectory() throws Exception {
        Outcome outcome = ExecIndicator.of("pwd").workingDirectory(directory).run();
        assertThat(outcome.data())
                .containsEntry("output", directory.toRealPath().toString());
        Path nowhere = directory.resolve("nowhere");
        Expect.error(ExecIndicator.of("pwd").workingDirectory(nowhere).run(), "no such working directory: " + nowhere);
    }

    @Test
    void muchOutputDoesNotBlockAndIsCutShort() throws Exception {
        Outcome outcome = ExecIndicator.of("seq", "1", "200000").timeout(LONG).run();
        Expect.ok(outcome);
        assertThat(outcome.data().get("output")).asString().hasSize(1_000).startsWith("1\n2\n3\n");
    }

    @Test
    void endlessOutputEndsAtTheTimeout() throws Exception {
        Outcome outcome = ExecIndicator.of("yes", "endless 61.1").timeout(SHORT).run();
        Expect.error(outcome, "'yes' did not end within 200 ms");
        assertThat(outcome.data().get("output")).asString().hasSize(1_000).startsWith("endless 61.1\n");
        Expect.becomesTrue("gone", () -> alive("endless 61.1") == 0);
    }

    @Test
    void anOverdueProcessIsKilledTogetherWithItsDescendants() throws Exception {
        Outcome outcome = ExecIndicator.of("timeout", "60", "sleep", "61.2")
                .timeout(Duration.ofSeconds(1))
                .run();
        Expect.error(outcome, "'timeout' did not end within 1 s");
        Expect.becomesTrue("gone", () -> alive("61.2") == 0);
    }

    @Test
    void anInterruptedRunLeavesNoProcessBehind() throws Exception {
        FutureTask<Outcome> run =
                new FutureTask<>(ExecIndicator.of("sleep", "61.3").timeout(LONG)::run);
        Thread thread = new Thread(run);
        thread.start();
        Expect.becomesTrue("started", () -> alive("61.3") == 1);
        thread.interrupt();
        thread.join();
        assertThat(run)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(InterruptedException.class);
        Expect.becomesTrue("gone", () -> alive("61.3") == 0);
    }

    @Test
    void aProcessInTheBackgroundThatKeepsThePipeOpenDoesNotHoldTheRun() {
        ExecIndicator check =
                ExecIndicator.of("sh", "-c", "sleep 61.4 & echo started").timeout(LONG);
        try {
            Outcome outcome = assertTimeout(Duration.ofSeconds(10), check::run);
            Expect.ok(outcome);
            assertThat(outcome.data()).containsEntry("output", "started");
        } finally {
            withArgument("61.4").forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aMissingCommandIsAnError() throws Exception {
        Expect.error(
                ExecIndicator.of("no-such-command", "secret").run(),
                "cannot run 'no-such-command': no such command, or not allowed to run it");
    }

    @Test
    void needsNoSecondThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ExecIndicator.of("sleep", "61.5").timeout(SHORT).run();
        Set<Thread> added = new HashSet<>(Thread.getAllStackTraces().keySet());
        added.removeAll(before);
        // The JDK's thread that waits for the process, which is kept for a minute.
        assertThat(added).extracting(Thread::getName).allMatch(name -> name.startsWith("process reaper"));
        Expect.becomesTrue("gone", () -> alive("61.5") == 0);
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(ExecIndicator.of("true").componentType()).contains("system");
    }

    @Test
    void refusesCommandsThatCannotBeRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecIndicator.of(List.of()))
                .withMessage("command must have 1 to 1000 elements, had 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecIndicator.of(Collections.nCopies(1_001, "a")))
                .withMessage("command must have 1 to 1000 elements, had 1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecIndicator.of(" "))
                .withMessage("command must start with a program, was ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecIndicator.of("echo", "a\0b"))
                .withMessage("command must not contain NUL, was at element 1");
        assertThatNullPointerException()
                .isThrownBy(() -> ExecIndicator.of("echo", "a", null))
                .withMessage("argument");
    }

    @Test
    void refusesOptionsThatAreOutOfRange() {
        ExecIndicator check = ExecIndicator.of("true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedExit(-1))
                .withMessage("expectedExit must be from 0 to 255, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedExit(256))
                .withMessage("expectedExit must be from 0 to 255, was 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ofHours(2)))
                .withMessage("timeout must be from 1ms to 60m, was 2h");
        assertThatNullPointerException()
                .isThrownBy(() -> check.workingDirectory(null))
                .withMessage("workingDirectory");
    }

    private static long alive(String argument) {
        return withArgument(argument).count();
    }

    private static Stream<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(argument));
    }
}
