package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | DRAFT",
                "'' | DRAFT",
                "*/* | DRAFT",
                "application/* | DRAFT",
                "text/* | TEXT",
                "text/plain | TEXT",
                "TEXT/PLAIN | TEXT",
                "application/json | JSON",
                "application/health+json | DRAFT",
                "application/vnd.spring-boot.actuator.v3+json | ACTUATOR",
                "application/vnd.spring-boot.actuator.v2+json | ACTUATOR_V2",
                "application/vnd.spring-boot.actuator.v2+json, application/vnd.spring-boot.actuator.v1+json,"
                        + " application/json | ACTUATOR_V2",
                "application/json, application/vnd.spring-boot.actuator.v1+json | ACTUATOR_V1",
                "application/json, application/vnd.spring-boot.actuator.v1+json;q=0.9 | JSON",
                "application/vnd.spring-boot.actuator.v3+json, */* | ACTUATOR",
                "application/vnd.spring-boot.actuator.v3+json, application/health+json | DRAFT",
                "application/vnd.spring-boot.actuator.v3+json;q=0, application/json | JSON",
                "application/json, text/plain, */* | DRAFT",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | DRAFT",
                "application/json;q=0.5, text/plain;q=0.8 | TEXT",
                "application/json; charset=utf-8; q=0.9, */*;q=0.1 | JSON",
                "application/health+json;q=0, */* | JSON",
                "image/png | DRAFT",
                "application/json;q=0 | DRAFT",
                "application/json;q=banana | JSON",
                "application/json;q=7 | JSON",
                ";;;,,,/;q | DRAFT",
            })
    void choosesByQualityAndNeverRefuses(String header, Format expected) {
        Accept accept = new Accept(Format.DRAFT);

        assertThat(accept.choose(header)).isEqualTo(expected);
        assertThat(accept.choose(header)).as("remembered").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | HTML",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | HTML",
                "text/html, text/plain, text/sgml, application/xhtml+xml, */*;q=0.01 | TEXT",
                "text/html, text/*;q=0.5, image/*, */*;q=0.8 | HTML",
                "text/html, application/json;q=0.9, */*;q=0.1 | HTML",
                "text/html;q=0.9, application/json | JSON",
                "text/html, application/json | JSON",
                "text/html, application/vnd.spring-boot.actuator.v3+json | ACTUATOR",
                "text/html;q=0 | DRAFT",
                "text/* | TEXT",
                "*/* | DRAFT",
                " | DRAFT",
                "application/json, text/plain, */* | DRAFT",
                // What HttpURLConnection sends for a program that says nothing, in older and newer versions.
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2 | DRAFT",
                "text/html, image/gif, image/jpeg, */*; q=0.2 | DRAFT",
            })
    void choosesHtmlForBrowsersAlone(String header, Format expected) {
        Accept accept = new Accept(Format.DRAFT, true);

        assertThat(accept.choose(header)).isEqualTo(expected);
        assertThat(accept.choose(header)).as("remembered").isEqualTo(expected);
    }

    @Test
    void remembersALimitedNumberOfHeaders() {
        Accept accept = new Accept(Format.DRAFT);
        for (int i = 0; i < 10_000; i++) {
            accept.choose("text/plain;n=" + i);
        }

        assertThat(accept.remembered()).isEqualTo(64);
        assertThat(accept.choose("text/plain;n=last")).isEqualTo(Format.TEXT);
    }

    @Test
    void doesNotRememberLongHeaders() {
        Accept accept = new Accept(Format.DRAFT);

        assertThat(accept.choose("text/plain;n=" + "x".repeat(300))).isEqualTo(Format.TEXT);
        assertThat(accept.remembered()).isZero();
    }
}
