package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactorTest {
    private static final int MAX = 1_000;
    private static final int SHORT = 12_500;
    private static final int TIMES = 8;

    @Test
    void makesOneLine() {
        assertThat(Redactor.clean("a\r\nFAKE LOG LINE\u0000b\u0085c\u2028d", MAX))
                .isEqualTo("a FAKE LOG LINE b c d");
    }

    @Test
    void cutsNoSecretInTwo() {
        String text = "x".repeat(MAX - 12) + " http://user:s3cret@host/";
        assertThat(Redactor.clean(text, MAX)).doesNotContain("s3c").hasSize(MAX + 3);
    }

    @Test
    void whatBeginsBeforeTheEndOfWhatIsReadIsHidden() {
        for (String begin : List.of("http://user:", "password=", "-----BEGIN PRIVATE KEY-----\n", "Cookie: a=")) {
            assertThat(Redactor.clean(begin + "s3cret".repeat(2_000), MAX))
                    .doesNotContain("s3cret")
                    .contains("***");
        }
    }

    @Test
    void halfATokenAtTheEndOfWhatIsReadIsNotShown() {
        String hidden = "password=" + "y".repeat(3_900) + " ";
        assertThat(Redactor.clean(hidden + "x".repeat(60) + " ghp_" + "a1B2".repeat(60), MAX))
                .doesNotContain("ghp_");
    }

    @Test
    void aCutTextSaysSo() {
        assertThat(Redactor.clean("password=" + "y".repeat(100_000), MAX)).isEqualTo("password=***...");
    }

    @Test
    void aControlCharacterInASecretDoesNotEndIt() {
        assertThat(Redactor.clean("password=ab\u0000cd x", MAX)).isEqualTo("password=*** x");
    }

    @Test
    void namesOfSecretsAreKnown() {
        assertThat(Stream.of(
                        "password",
                        "db.password",
                        "API_KEY",
                        "accessToken",
                        "X-Auth-Token",
                        "Cookie",
                        "client_secret",
                        "tokens"))
                .allMatch(Redactor::isSecret);
        assertThat(Stream.of(
                        "passed",
                        "compass",
                        "tokenizer",
                        "token_count",
                        "key",
                        "primaryKey",
                        "secretary",
                        "author",
                        "session"))
                .noneMatch(Redactor::isSecret);
    }

    static Stream<String> units() {
        Stream<String> characters = IntStream.range(0, 256).mapToObj(character -> String.valueOf((char) character));
        Stream<String> words = Stream.of(
                        "password passwd secret token cookie authorization apikey credentials pwd key session auth",
                        "Bearer Basic deadbeef eyJ AKIA sig %25 %2525 %3A%2F%2F :// http:// http://a/@ a: a:b@ a;b=",
                        "jdbc:oracle:thin: jdbc:oracle:thin:a hooks.slack.com/services/ ${ \\u003d &amp; 12"
                                + " \ud83d\ude00")
                .flatMap(line -> Stream.of(line.split(" ")));
        Stream<String> pairs = Stream.of("password token cookie secret key")
                .flatMap(line -> Stream.of(line.split(" ")))
                .flatMap(word -> Stream.of(
                                "=", ": ", "=\"", "='", "=[", "={", "=(\"", "=a,", "=a;", "=a b;", "%3D", ":\n ",
                                " = |\n ", " \"")
                        .map(separator -> word + separator));
        Stream<String> blanks = Stream.of(
                "<password>",
                "<password ",
                "Bearer ",
                "name password ",
                "api key ",
                "mysql -p",
                "curl -u ",
                "token: 3 ",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "--password ",
                "identified by ");
        return Stream.of(characters, words, pairs, blanks).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("units")
    void eightTimesTheTextTakesNoMoreThanSomeEightTimesTheWork(String unit) {
        // Quadratic work would be 64 times as much.
        for (int attempt = 1; ; attempt++) {
            long few = work(unit, SHORT);
            long many = work(unit, SHORT * TIMES);
            if (many < 20_000_000 || many < 3 * TIMES * few) {
                return;
            }
            assertThat(attempt)
                    .as("%,d ns for %,d, %,d ns for %,d", few, SHORT, many, SHORT * TIMES)
                    .isLessThan(8);
        }
    }

    // Time of the processor, which does not count that of others.
    private static long work(String unit, int length) {
        String text = unit.repeat(length / unit.length());
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Redactor.clean(text, length);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }
}
