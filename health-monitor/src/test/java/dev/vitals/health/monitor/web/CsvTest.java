package dev.vitals.health.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private final StringWriter out = new StringWriter();
    private final Csv csv = new Csv(out);

    @Test
    void quotesWhatNeedsIt() {
        csv.header("a", "b");
        csv.text("x,y")
                .text("say \"it\"")
                .text("two\r\nlines")
                .text(null)
                .text("plain")
                .end();
        assertThat(out).hasToString("a,b\r\n\"x,y\",\"say \"\"it\"\"\",\"two\r\nlines\",,plain\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "|x"})
    void textNeverBeginsAFormula(String text) {
        csv.text(text).end();
        assertThat(out.toString().replace("\"", "")).startsWith("'" + text);
    }

    @Test
    void numbersStayNumbers() {
        csv.number(-5).number(0.5).number(-2.0).end();
        assertThat(out).hasToString("-5,0.5,-2\r\n");
    }
}
