package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect to postgres://app:s3cret@db/orders failed",
                "jdbc:mysql://db/orders?user=app&password=s3cret&ssl=true",
                "jdbc:sqlserver://db;user=app;password=s3cret;encrypt=true",
                "Authorization: Bearer s3cret.s3cret.s3cret",
                "sent basic s3crets3cret==",
                "api_key=s3cret",
                "{\"accessToken\": \"s3cret\"}",
                "spring.datasource.password: s3cret",
            })
    void removesCredentials(String text) {
        assertThat(Redactor.clean(text)).doesNotContain("s3cret").contains("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no stock feed", "12 of 20 connections", "http://host:8080/path?x=1", "basic sanity"})
    void leavesOrdinaryTextAlone(String text) {
        assertThat(Redactor.clean(text)).isEqualTo(text);
    }

    @Test
    void replacesControlCharacters() {
        assertThat(Redactor.clean("a\r\nFAKE LOG LINE\u0000b")).isEqualTo("a FAKE LOG LINE b");
    }

    @Test
    void capsTheSizeButCutsNoSecretInTwo() {
        String text = "x".repeat(Redactor.MAX_TEXT - 12) + " http://user:s3cret@host/";
        assertThat(Redactor.clean(text)).doesNotContain("s3c").hasSize(Redactor.MAX_TEXT + 3);
    }

    @Test
    void cleansDataByKeyAndByValue() {
        Map<String, Object> data = Map.of(
                "dbPassword",
                "s3cret",
                "nested",
                Map.of("token", "s3cret"),
                "list",
                List.of("http://u:s3cret@h/"),
                "n",
                1);
        assertThat(Redactor.clean(data).toString()).doesNotContain("s3cret");
        assertThat(Redactor.clean(data)).containsEntry("n", 1);
    }
}
