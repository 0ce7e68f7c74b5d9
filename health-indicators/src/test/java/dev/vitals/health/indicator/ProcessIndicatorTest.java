package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitals.health.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIndicatorTest {
    @TempDir
    Path directory;

    @Test
    void aLiveProcessIsOk() throws IOException {
        long pid = ProcessHandle.current().pid();
        Outcome outcome = check("\n " + pid + " \n").run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("pid", pid);
    }

    @Test
    void aProcessThatWasKilledIsNotAlive() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIndicator check = check(Long.toString(process.pid()));
        Expect.ok(check.run());
        process.destroyForcibly().waitFor();
        Outcome outcome = check.run();
        Expect.error(outcome, "process " + process.pid() + " of " + pidFile() + " is not alive");
        assertThat(outcome.data()).containsEntry("pid", process.pid());
    }

    @Test
    void aZombieIsNotAlive() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no /proc here");
        // The shell replaces itself by a sleep, which never reaps the child that the shell started.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.US_ASCII)) {
            long pid = Long.parseLong(output.readLine());
            Expect.becomesTrue("no shell any more", () -> stat(parent.pid()).contains("(sleep)"));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Expect.becomesTrue("zombie", () -> stat(pid).contains(") Z "));
            assertThat(ProcessHandle.of(pid)).isPresent();
            Expect.error(
                    check(Long.toString(pid)).run(),
                    "process " + pid + " of " + pidFile() + " is not alive: it is a zombie");
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void aMissingFileIsAnErrorUntilItExists() throws IOException {
        ProcessIndicator check = ProcessIndicator.of(pidFile());
        Expect.error(check.run(), "no such PID file: " + pidFile());
        check(Long.toString(ProcessHandle.current().pid()));
        Expect.ok(check.run());
    }

    @Test
    void onlyTheFirstLineCounts() throws IOException {
        Expect.ok(check(ProcessHandle.current().pid() + "\n" + "/var/lib/postgresql/data\n".repeat(9))
                .run());
    }

    @Test
    void doesNotOpenANamedPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        Expect.error(ProcessIndicator.of(pipe).run(), "PID file " + pipe + " is not a readable regular file");
    }

    @Test
    void refusesADirectory() {
        Expect.error(ProcessIndicator.of(directory).run(), "PID file " + directory + " is not a readable regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nginx", "-1", "0", "+5", "1.5", "1 2", "9999999999999999999", "0x10"})
    void showsAContentThatIsNotOnePositiveNumber(String content) throws IOException {
        Expect.error(check(content).run(), expectedNumber(content));
    }

    @Test
    void theShownContentIsBoundedAndWithoutControlCharacters() throws IOException {
        Expect.error(check("a\u0007b").run(), expectedNumber("a b"));
        Expect.error(check("7".repeat(1_000)).run(), expectedNumber("7".repeat(65)));
    }

    @Test
    void refusesANumberBehindTooMuchWhiteSpace() throws IOException {
        Expect.error(check("7" + " ".repeat(64) + "7").run(), expectedNumber("7"));
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(ProcessIndicator.of(directory).componentType()).contains("system");
    }

    @Test
    void refusesAMissingPath() {
        assertThatNullPointerException()
                .isThrownBy(() -> ProcessIndicator.of(null))
                .withMessage("pidFile");
    }

    private ProcessIndicator check(String content) throws IOException {
        return ProcessIndicator.of(Files.writeString(pidFile(), content));
    }

    private Path pidFile() {
        return directory.resolve("app.pid");
    }

    private String expectedNumber(String shown) {
        return "PID file " + pidFile() + " begins with '" + shown
                + "', expected one positive number in at most 64 bytes";
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aProcessThatBeganAfterTheFileWasWrittenIsAnotherOne(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("it.pid"), ProcessHandle.current().pid() + "\n");
        assertThat(ProcessIndicator.of(file).run().code()).isEqualTo(Outcome.Code.OK);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Outcome outcome = ProcessIndicator.of(file).run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message())
                .hasValueSatisfying(message ->
                        assertThat(message).contains("is another one: it began after " + file + " was written"));
    }
}
