package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void splitsAtSpacesButForThoseInQuotes() {
        assertThat(Words.split("  a  b\tc ")).containsExactly("a", "b", "c");
        assertThat(Words.split("a 'b  c' \"d 'e'\"")).containsExactly("a", "b  c", "d 'e'");
        assertThat(Words.split("--x='a b'c")).containsExactly("--x=a bc");
        assertThat(Words.split("a '' \"\"")).containsExactly("a", "", "");
        assertThat(Words.split("")).isEmpty();
    }

    @Test
    void nothingElseHasAMeaning() {
        assertThat(Words.split("a|b $HOME `x` \\ *;&")).containsExactly("a|b", "$HOME", "`x`", "\\", "*;&");
    }

    @Test
    void aQuoteThatIsNotClosedIsNoLine() {
        assertThat(Words.split("a 'b")).isNull();
        assertThat(Words.split("a \"")).isNull();
    }
}
