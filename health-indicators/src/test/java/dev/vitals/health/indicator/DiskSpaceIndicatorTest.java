package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.Measurement;
import dev.vitals.health.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceIndicatorTest {
    @TempDir
    Path directory;

    @Test
    void enoughFreeSpaceIsOkAndMeasured() {
        Outcome outcome = DiskSpaceIndicator.of(directory, 1).run();
        Expect.ok(outcome);
        assertThat(outcome.measurements()).extracting(Measurement::name).containsExactly("free", "total");
        assertThat(outcome.measurements()).extracting(Measurement::unit).containsOnly("bytes");
        assertThat(outcome.measurements())
                .allSatisfy(measured -> assertThat(measured.value().longValue()).isPositive());
    }

    @Test
    void tooLittleFreeSpaceNamesTheFreeAndTheNeededBytes() {
        Outcome outcome = DiskSpaceIndicator.of(directory, Long.MAX_VALUE).run();
        Number free = outcome.measurements().get(0).value();
        Expect.error(outcome, "only " + free + " bytes free at " + directory + ", " + Long.MAX_VALUE + " are needed");
    }

    @Test
    void aPathThatDoesNotExistIsAnError() {
        Path nowhere = directory.resolve("nowhere");
        Expect.error(DiskSpaceIndicator.of(nowhere, 1).run(), "no such path: " + nowhere);
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(DiskSpaceIndicator.of(directory, 1).componentType()).contains("system");
    }

    @Test
    void refusesAMissingPathAndMinimum() {
        assertThatNullPointerException()
                .isThrownBy(() -> DiskSpaceIndicator.of(null, 1))
                .withMessage("path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskSpaceIndicator.of(directory, 0))
                .withMessage("minFreeBytes must be at least 1, was 0");
    }
}
