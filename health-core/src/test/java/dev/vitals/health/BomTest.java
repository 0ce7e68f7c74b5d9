package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The BOM, which has no parent that would keep it right. */
class BomTest {
    private static final Path ROOT = Path.of("..");
    private static final String VERSION = "</artifactId>\\s*<version>([^<]+)</version>";

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String pom(String folder) throws IOException {
        return Files.readString(ROOT.resolve(folder).resolve("pom.xml"));
    }

    @Test
    void namesEveryModuleThatIsPublished() throws IOException {
        List<String> modules = all("<module>(health-[a-z-]+)</module>", pom("")).stream()
                .filter(module -> !module.equals("health-bom"))
                .toList();
        assertThat(modules).hasSizeGreaterThan(5);
        assertThat(all("<artifactId>(health-[a-z-]+)</artifactId>", pom("health-bom")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("health-bom"), modules.stream()).toList());
    }

    @Test
    void hasTheVersionOfTheBuild() throws IOException {
        assertThat(all(VERSION, pom("health-bom")).get(0))
                .isEqualTo(all(VERSION, pom("")).get(0));
    }
}
