package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.page.ProgramText.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTextTest {
    private static final WatchedTarget WELL = Watched.target("a/well", State.HEALTHY, "not shown", Map.of());
    private static final WatchedTarget ILL = Watched.target("b/ill", State.UNHEALTHY, "connection refused", Map.of());

    private static String why(String why) {
        String table =
                ProgramText.markdown(List.of(Watched.target("b/ill", State.UNHEALTHY, why, Map.of())), Watched.NOW);
        assertThat(table.lines()).hasSize(3);
        String row = table.lines().toList().get(2);
        assertThat(row).startsWith("| UNHEALTHY | b/ill | 5 min | ").endsWith(" |");
        return row.substring("| UNHEALTHY | b/ill | 5 min | ".length(), row.length() - 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | HTML",
                "text/html | HTML",
                "TEXT/HTML | HTML",
                "text/html, text/plain | HTML",
                "text/plain | PLAIN",
                "text/plain, text/html | PLAIN",
                "text/markdown | MARKDOWN",
                "text/markdown, text/plain | MARKDOWN",
                "text/plain, text/markdown | PLAIN",
                "text/markdown;q=1, text/html;q=0.5 | MARKDOWN",
                "*/* | INDEX",
                "application/json | INDEX",
                "'' | INDEX"
            })
    void theFormIsThatWhichTheRequestNamesFirst(String accept, Form form) {
        assertThat(ProgramText.wanted(Requests.with(Map.of("Accept", accept)))).isEqualTo(form);
    }

    @Test
    void aRequestWithoutAcceptGetsTheIndex() {
        assertThat(ProgramText.wanted(Requests.with(Map.of()))).isEqualTo(Form.INDEX);
    }

    @Test
    void theWorstComesFirstAndOnlyTroubleHasAReason() {
        String table = ProgramText.plain(List.of(WELL, ILL), Watched.NOW);
        assertThat(table.lines().map(line -> line.replaceAll(" {2,}", "  ").strip()))
                .containsExactly("UNHEALTHY  b/ill  5 min  connection refused", "HEALTHY  a/well  5 min");
        assertThat(ProgramText.plain(List.of(), Watched.NOW)).isEmpty();
    }

    @Test
    void aReasonCannotEndItsLineOrTurnTheDirection() {
        String hostile = "a\nHEALTHY fake/row\r\u001b[2J\u202eb";
        String plain =
                ProgramText.plain(List.of(Watched.target("b/ill", State.UNHEALTHY, hostile, Map.of())), Watched.NOW);
        assertThat(plain.lines()).hasSize(1);
        assertThat(plain).doesNotContain("\u001b", "\u202e");
        assertThat(why(hostile)).isEqualTo("a HEALTHY fake/row \\[2J b");
    }

    @Test
    void aReasonCannotWriteMarkdown() {
        assertThat(why("a | b")).isEqualTo("a \\| b");
        assertThat(why("<script>alert(1)</script>")).isEqualTo("\\<script>alert(1)\\</script>");
        assertThat(why("[x](javascript:y)")).isEqualTo("\\[x](javascript:y)");
        assertThat(why("*a* _b_ `c` \\| d")).isEqualTo("\\*a\\* \\_b\\_ \\`c\\` \\\\\\| d");
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(why("x".repeat(4_096))).isEqualTo("x".repeat(200) + "...");
    }
}
