package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vitals.health.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class InodesIndicatorTest {
    @TempDir
    Path directory;

    @Test
    void theInodesOfARealFileSystemAreCounted() throws Exception {
        Outcome outcome = InodesIndicator.of(directory)
                .limits(1, 1)
                .timeout(Duration.ofMinutes(1))
                .run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
        assumeFalse(outcome.measurements().isEmpty(), "a file system without a number of inodes");
        assertThat(Measured.of(outcome, "total")).isPositive().isGreaterThanOrEqualTo(Measured.of(outcome, "free"));
        assertThat(Measured.of(outcome, "utilization")).isBetween(0.0, 100.0);
    }

    @Test
    void warnsFrom90AndFailsFrom95Percent() throws Exception {
        Expect.ok(printing("101 1000").run());
        Expect.warning(
                printing("100 1000").run(), "900 of 1000 inodes used at " + directory + ": 90 %, the limit is 90 %");
        Outcome error = printing("0 1000").run();
        Expect.error(error, "1000 of 1000 inodes used at " + directory + ": 100 %, the limit is 95 %");
        assertThat(Measured.all(error))
                .containsExactly("utilization=100.0 percent", "free=0 inodes", "total=1000 inodes");
    }

    @Test
    void aFileSystemWithoutANumberOfInodesIsOkWithAMessage() throws Exception {
        Measured.nothing(printing("0 0").run(), "the file system at " + directory + " has no fixed number of inodes");
    }

    @Test
    void aSystemWithoutTheCommandIsAWarning() throws Exception {
        Measured.notAvailable(running("no-such-command-anywhere").run(), note());
        Measured.notAvailable(printing("stat: illegal option -- c").run(), note());
    }

    @Test
    void aPathThatDoesNotExistIsAnError() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        Expect.error(InodesIndicator.of(nowhere).run(), "no such path: " + nowhere);
    }

    @Test
    void aCommandThatHangsIsAnErrorWithinTheTimeout() throws Exception {
        Expect.error(
                running("sleep", "60").timeout(Duration.ofMillis(50)).run(),
                "counting the inodes at " + directory + " did not end within 50 ms");
    }

    @Test
    void refusesBadValues() {
        assertThatNullPointerException()
                .isThrownBy(() -> InodesIndicator.of(null))
                .withMessage("path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InodesIndicator.of(directory).limits(0.9, 0.5))
                .withMessage("failAt must be from 0.9 to 1.0, was 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InodesIndicator.of(directory).timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(InodesIndicator.of(directory).componentType()).contains("system");
    }

    private InodesIndicator printing(String output) {
        return running("echo", output);
    }

    private InodesIndicator running(String... command) {
        return new InodesIndicator(directory, InodesIndicator.DEFAULT, Duration.ofMinutes(1), List.of(command));
    }

    private String note() {
        return "the number of inodes at " + directory + " is not available: it needs the command stat of Linux";
    }
}
