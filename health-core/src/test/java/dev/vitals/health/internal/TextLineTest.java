package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLineTest {
    private static final int MAX = 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                " a ",
                "Grüße",
                "\u05e9\u05dc\u05d5\u05dd",
                "\ud83d\udc68\u200d\ud83d\udcbb",
                "a\u00a0b"
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(TextLine.clean(text, MAX)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                "\t",
                "\u0000",
                "\u001b",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u2028",
                "\u2029",
                "\u061c",
                "\u200e",
                "\u200f",
                "\u202a",
                "\u202e",
                "\u2066",
                "\u2069",
                "\r\u202e\u0000"
            })
    void putsOneSpaceInPlaceOfWhatBreaksALine(String broken) {
        assertThat(TextLine.clean("a" + broken + "b", MAX)).isEqualTo("a b");
        assertThat(TextLine.clean(broken + "ab" + broken, MAX)).isEqualTo("ab");
    }

    @Test
    void cutsALongText() {
        assertThat(TextLine.clean("x".repeat(MAX), MAX)).isEqualTo("x".repeat(MAX));
        assertThat(TextLine.clean("x".repeat(MAX + 1), MAX)).isEqualTo("x".repeat(MAX) + "...");
        assertThat(TextLine.clean("x".repeat(MAX) + "\n", MAX)).isEqualTo("x".repeat(MAX));
    }

    @Test
    void cutsNoCharacterInHalf() {
        String pair = "\ud83d\ude00";
        assertThat(TextLine.clean("x".repeat(MAX - 1) + pair, MAX)).isEqualTo("x".repeat(MAX - 1) + "...");
        assertThat(TextLine.cut("x".repeat(MAX - 1) + pair, MAX)).isEqualTo("x".repeat(MAX - 1) + "...");
        assertThat(TextLine.cut("x".repeat(MAX - 2) + pair, MAX)).isEqualTo("x".repeat(MAX - 2) + pair);
        assertThat(TextLine.cut(pair, 0)).isEqualTo("...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d"})
    void replacesHalfOfASurrogatePair(String half) {
        assertThat(TextLine.clean("a" + half, MAX)).isEqualTo("a" + "\ufffd".repeat(half.length()));
    }
}
