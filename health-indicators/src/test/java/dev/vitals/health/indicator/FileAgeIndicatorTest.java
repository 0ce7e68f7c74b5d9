package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileAgeIndicatorTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    @Test
    void aFileThatWasJustWrittenIsOkAndItsAgeMeasured() throws IOException {
        Outcome outcome =
                FileAgeIndicator.of(Files.writeString(file(), "beat"), HOUR).run();
        Expect.ok(outcome);
        assertThat(Measured.of(outcome, "age")).isBetween(-10.0, 600.0);
        assertThat(outcome.measurements().get(0).unit()).isEqualTo("s");
    }

    @Test
    void aFileThatIsTooOldIsAnErrorUntilItIsWrittenAgain() throws IOException {
        FileAgeIndicator check = FileAgeIndicator.of(file(), HOUR);
        modified(Duration.ofHours(-2));
        Outcome outcome = check.run();
        assertThat(outcome.message().orElseThrow())
                .matches("\\Q" + file() + "\\E was modified 7[2-9]\\d\\d s ago, at most 3600 s are allowed");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(Measured.of(outcome, "age")).isGreaterThanOrEqualTo(7_200);
        Files.writeString(file(), "beat");
        Expect.ok(check.run());
    }

    @Test
    void aFileFromTheFutureIsAnErrorBeyondTheSameAge() throws IOException {
        modified(Duration.ofHours(2));
        Outcome outcome = FileAgeIndicator.of(file(), HOUR).run();
        assertThat(outcome.message().orElseThrow())
                .matches("\\Q" + file() + "\\E is dated 7[0-2]\\d\\d s in the future");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        Expect.ok(FileAgeIndicator.of(file(), Duration.ofHours(3)).run());
    }

    @Test
    void aMissingFileIsAnErrorUntilItExists() throws IOException {
        FileAgeIndicator check = FileAgeIndicator.of(file(), HOUR);
        Expect.error(check.run(), "no such file: " + file());
        Files.createFile(file());
        Expect.ok(check.run());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToItselfIsAnErrorWithAReason() throws IOException {
        Path loop = Files.createSymbolicLink(file(), file());
        Outcome outcome = FileAgeIndicator.of(loop, HOUR).run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).startsWith("cannot read the time of " + loop + ": FileSystem");
    }

    @Test
    void refusesAMissingFileAndABadAge() {
        assertThatNullPointerException()
                .isThrownBy(() -> FileAgeIndicator.of(null, HOUR))
                .withMessage("file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileAgeIndicator.of(file(), Duration.ZERO))
                .withMessage("maxAge must be from 1s to 3650d, was 0s");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(FileAgeIndicator.of(directory, HOUR).componentType()).contains("system");
    }

    private void modified(Duration fromNow) throws IOException {
        Files.writeString(file(), "beat");
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now().plus(fromNow)));
    }

    private Path file() {
        return directory.resolve("heartbeat");
    }
}
