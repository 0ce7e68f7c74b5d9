package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileDescriptorsIndicatorTest {
    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void openFilesOfThisProcessAreCounted() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        double before = Measured.of(FileDescriptorsIndicator.of().run(), "open");
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                open.add(Files.newInputStream(file));
            }
            Outcome outcome = FileDescriptorsIndicator.of().run();
            assertThat(Measured.of(outcome, "open")).isGreaterThan(before + 50).isLessThan(Measured.of(outcome, "max"));
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void warnsFrom80AndFailsFrom95Percent() {
        Expect.ok(open(799).run());
        Expect.warning(open(800).run(), "800 of 1000 file descriptors are open: 80 %, the limit is 80 %");
        Outcome error = open(950).run();
        Expect.error(error, "950 of 1000 file descriptors are open: 95 %, the limit is 95 %");
        assertThat(Measured.all(error))
                .containsExactly("utilization=95.0 percent", "open=950 descriptors", "max=1000 descriptors");
        Expect.ok(open(950).limits(0.96, 0.97).run());
    }

    @Test
    void aSystemWithoutDescriptorsIsAWarning() {
        Measured.notAvailable(
                new FileDescriptorsIndicator(FileDescriptorsIndicator.DEFAULT, Optional::empty).run(),
                "the number of file descriptors is not available: this JVM does not report it");
    }

    @Test
    void refusesBadLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileDescriptorsIndicator.of().limits(0.8, 1.01))
                .withMessage("failAt must be from 0.8 to 1.0, was 1.01");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(FileDescriptorsIndicator.of().componentType()).contains("system");
    }

    private static FileDescriptorsIndicator open(long used) {
        return new FileDescriptorsIndicator(
                FileDescriptorsIndicator.DEFAULT, () -> Optional.of(new Usage(used, 1_000)));
    }
}
