package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A migration with a lower number than one that has run keeps every existing monitor from starting. */
class MigrationNumbersTest {
    // Before the first release, some numbers were left out.
    private static final List<Integer> FIRST = List.of(1, 2, 3, 5, 6, 7, 8, 10);

    @Test
    void theNumbersFollowOneAnotherFromNowOn() throws IOException, URISyntaxException {
        Path folder = Path.of(Database.class.getResource("/db/migration/sqlite").toURI());
        List<Integer> numbers;
        try (Stream<Path> files = Files.list(folder)) {
            numbers = files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
        }
        assertThat(numbers).startsWith(FIRST.toArray(Integer[]::new));
        assertThat(numbers.subList(FIRST.size(), numbers.size()))
                .containsExactlyElementsOf(IntStream.range(11, 11 + numbers.size() - FIRST.size())
                        .boxed()
                        .toList());
    }
}
