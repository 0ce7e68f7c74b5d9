package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedactedDataTest {
    private static final int WITH_NOTE = RedactedData.MAX_BYTES + 200;

    @Test
    void cleansDataByKeyAndByValue() {
        Map<String, Object> data = Map.of(
                "dbPassword", "s3cret",
                "nested", Map.of("token", "s3cret", "credentials", List.of("s3cret")),
                "list", List.of("http://u:s3cret@h/"),
                "s3cret", "s3cret".length(),
                "pwd=s3cret", 2);
        Map<String, Object> clean = cleaned(data);
        assertThat(clean.toString().replace("s3cret=6", "")).doesNotContain("s3cret");
        assertThat(clean).containsEntry("s3cret", 6).containsKey("pwd=***");
    }

    @Test
    void leavesCountsAndStatesOfSecretsAlone() {
        Map<String, Object> data = Map.of(
                "tokens",
                42,
                "token",
                "expired",
                "secret",
                "not found",
                "password",
                false,
                "passed",
                12,
                "token_count",
                "5");
        assertThat(cleaned(data)).isEqualTo(data);
    }

    @Test
    void aNumberUnderASecretNameIsHidden() {
        assertThat(cleaned(Map.of("password", 12345678))).containsEntry("password", "***");
    }

    @Test
    void nestedDataIsBoundedAsAWholeAndSaysThatMoreWasCut() throws IOException {
        Outcome outcome = Outcome.ok().with("partitions", nested(60, 3)).redacted();
        assertThat(json(outcome)).hasSizeLessThan(WITH_NOTE).hasSizeGreaterThan(RedactedData.MAX_BYTES / 2);
        assertThat(outcome.data().get(RedactedData.NOTE)).asString().contains("16 KiB");
    }

    @Test
    void fiftyTimesFiftyTimesFiftyNumbersAreBounded() throws IOException {
        List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
        Outcome outcome = Outcome.ok();
        for (int i = 0; i < 50; i++) {
            outcome = outcome.with("k" + i, Collections.nCopies(50, numbers));
        }
        assertThat(json(outcome.redacted())).hasSizeLessThan(WITH_NOTE);
    }

    @Test
    void manyLongTextsAreBounded() throws IOException {
        Outcome outcome = Outcome.ok();
        for (int i = 0; i < 50; i++) {
            outcome = outcome.with("k" + i, "\"é\\".repeat(2_000));
        }
        assertThat(json(outcome.redacted())).hasSizeLessThan(WITH_NOTE);
        assertThat(outcome.redacted().data()).containsKey(RedactedData.NOTE);
    }

    @Test
    void dataWithoutAnEndIsCopiedAsFarAsItIsShown() {
        Iterable<Integer> endless = () -> IntStream.iterate(0, i -> i + 1).iterator();
        Outcome outcome = Outcome.ok().with("endless", endless).redacted();
        assertThat((List<?>) outcome.data().get("endless")).hasSize(RedactedData.MAX_ENTRIES);
        assertThat(outcome.data()).containsKey(RedactedData.NOTE);
    }

    @Test
    void fiftyEntriesAreShownWithoutANote() {
        Map<String, Object> data = new LinkedHashMap<>();
        IntStream.range(0, 50).forEach(i -> data.put("k" + i, i));
        assertThat(cleaned(data)).isEqualTo(data);
    }

    @Test
    void aValueOfItsOwnIsNotReplacedByTheNote() {
        assertThat(Outcome.ok()
                        .with("truncated", "mine")
                        .with("n", nested(60, 2))
                        .redacted()
                        .data())
                .containsEntry("truncated", "mine");
    }

    @Test
    void measuredValuesAreBounded() {
        Outcome outcome = Outcome.ok();
        for (int i = 0; i < 60; i++) {
            outcome = outcome.measured("m" + i, i, "ms");
        }
        assertThat(outcome.redacted().measurements()).hasSize(50);
        assertThat(outcome.redacted().data()).containsKey(RedactedData.NOTE);
    }

    private static Map<String, Object> cleaned(Map<String, Object> data) {
        return Outcome.ok().with(new TreeMap<>(data)).redacted().data();
    }

    private static Object nested(int size, int depth) {
        if (depth == 0) {
            return 12_345;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put("k" + i, nested(size, depth - 1));
        }
        return map;
    }

    private static String json(Outcome outcome) throws IOException {
        return new ObjectMapper().writeValueAsString(outcome.data());
    }
}
