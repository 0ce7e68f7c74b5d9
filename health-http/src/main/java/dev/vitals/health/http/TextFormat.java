package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.health.internal.TextLine;
import java.nio.charset.StandardCharsets;

/** Writes plain text: one word, or a line for each check and then the word. */
final class TextFormat {
    private TextFormat() {}

    static byte[] word(Status status) {
        return utf8(status.word());
    }

    static byte[] verbose(HealthReport report, boolean details) {
        StringBuilder text = new StringBuilder(64 * (report.checks().size() + 1));
        report.checks()
                .forEach(result ->
                        line(text, result, result.status(), result.output().orElse(""), details));
        report.drain().ifPresent(drain -> text.append(oneLine(drain.toString())).append('\n'));
        return utf8(text.append(report.status().word()).append('\n').toString());
    }

    static byte[] verbose(CheckResult result, boolean details) {
        Status status = result.outcome().code().status();
        StringBuilder text = new StringBuilder();
        line(text, result, status, result.outcome().message().orElse(""), details);
        return utf8(text.append(status.word()).append('\n').toString());
    }

    private static void line(StringBuilder text, CheckResult result, Status status, String output, boolean details) {
        text.append(result.name()).append(' ').append(status.word());
        if (!output.isEmpty()) {
            text.append(": ").append(oneLine(output));
        }
        if (details) {
            result.outcome()
                    .detail()
                    .ifPresent(
                            detail -> text.append(" (").append(oneLine(detail)).append(')'));
        }
        text.append('\n');
    }

    // Whoever reads the page counts lines, whatever made the text.
    private static String oneLine(String text) {
        return TextLine.clean(text, Integer.MAX_VALUE);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
