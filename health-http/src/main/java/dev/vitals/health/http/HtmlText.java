package dev.vitals.health.http;

import dev.vitals.health.internal.TextLine;
import java.nio.charset.StandardCharsets;

/**
 * Writes HTML. What comes from checks is data: it begins no tag and no other line, holds no control character, and cannot turn
 * the direction of the text around it. Not thread-safe.
 */
final class HtmlText {
    private static final char LAST = 0xfffd;

    private final StringBuilder html;

    HtmlText(int capacity) {
        this.html = new StringBuilder(capacity);
    }

    /** Writes markup of ours. */
    HtmlText raw(String markup) {
        html.append(markup);
        return this;
    }

    /** Writes text, escaped, as one line. Fits in elements and in quoted attributes. */
    HtmlText text(String text) {
        String line = TextLine.clean(text, Integer.MAX_VALUE);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            switch (character) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                // Two values above it stand for no character.
                default -> html.append(character > LAST ? LAST : character);
            }
        }
        return this;
    }

    /** Writes text whose letters may run from right to left, without an effect on its neighbours. */
    HtmlText data(String text) {
        return raw("<bdi>").text(text).raw("</bdi>");
    }

    /** Writes text of several lines, each as {@link #text} does; for an element that keeps line ends. */
    HtmlText lines(String text) {
        boolean first = true;
        for (String line : text.lines().toList()) {
            raw(first ? "" : "\n").text(line);
            first = false;
        }
        return this;
    }

    byte[] utf8() {
        return html.toString().getBytes(StandardCharsets.UTF_8);
    }
}
