package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the lines of both corpora, see their first lines. */
class RedactorCorpusTest {
    private static final String ALPHABET = "a1B2c3D4e5F6g7H8i9J0";
    private static final Pattern FILL = Pattern.compile("‹(U?)(\\d+)›");

    static List<String> secrets() throws IOException {
        return lines("secrets.txt");
    }

    static List<String> plain() throws IOException {
        return lines("plain.txt");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void hidesWhatIsSecretAndNoMore(String line) {
        String text = line.replace("⟦", "").replace("⟧", "");
        String expected = line.replaceAll("(?s)⟦.*?(⟧|$)", "***");
        assertThat(Redactor.clean(text, 1_000)).isEqualTo(expected.replace('\n', ' '));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void leavesOrdinaryTextAlone(String line) {
        assertThat(Redactor.clean(line, 1_000)).isEqualTo(line.replace('\n', ' '));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void changesNothingTheSecondTime(String line) {
        String once = Redactor.clean(line.replace("⟦", "").replace("⟧", ""), 1_000);
        assertThat(Redactor.clean(once, 1_000)).isEqualTo(once);
    }

    @Test
    void theCorporaAreLarge() throws IOException {
        assertThat(secrets().size() + plain().size()).isGreaterThan(300);
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = RedactorCorpusTest.class.getResourceAsStream("/redaction/" + file)) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return all.lines()
                    .filter(line -> !line.startsWith("# ") && !line.isBlank())
                    .map(line -> FILL.matcher(line)
                            .replaceAll(found -> fill(
                                    Integer.parseInt(found.group(2)),
                                    !found.group(1).isEmpty())))
                    .map(line -> line.replace('⏎', '\n'))
                    .toList();
        }
    }

    private static String fill(int length, boolean upper) {
        String text = IntStream.range(0, length)
                .mapToObj(i -> ALPHABET.substring(i % ALPHABET.length(), i % ALPHABET.length() + 1))
                .collect(Collectors.joining());
        return upper ? text.toUpperCase(java.util.Locale.ROOT) : text;
    }
}
