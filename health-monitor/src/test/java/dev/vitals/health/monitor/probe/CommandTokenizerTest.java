package dev.vitals.health.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTokenizerTest {
    @Test
    void splitsAtSpacesOutsideQuotes() {
        assertThat(CommandTokenizer.split("  a  b\tc ")).containsExactly("a", "b", "c");
        assertThat(CommandTokenizer.split("a 'b  c' \"d 'e'\"")).containsExactly("a", "b  c", "d 'e'");
        assertThat(CommandTokenizer.split("--x='a b'c")).containsExactly("--x=a bc");
        assertThat(CommandTokenizer.split("a '' \"\"")).containsExactly("a", "", "");
        assertThat(CommandTokenizer.split("")).isEmpty();
    }

    @Test
    void noOtherCharacterIsSpecial() {
        assertThat(CommandTokenizer.split("a|b $HOME `x` \\ *;&")).containsExactly("a|b", "$HOME", "`x`", "\\", "*;&");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThat(CommandTokenizer.split("a 'b")).isNull();
        assertThat(CommandTokenizer.split("a \"")).isNull();
    }
}
