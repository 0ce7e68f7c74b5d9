package dev.vitals.health.monitor.page;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.web.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a test of a target, with its phases. Pure. */
final class TestResult {
    private TestResult() {}

    /** Returns the result in words, and its phases. */
    static List<Sheet.Part> parts(Diagnosis.Answer answer, Instant now) {
        List<Sheet.Fact> facts = new ArrayList<>();
        facts.add(new Sheet.Fact("Result", cell(answer.code())));
        add(facts, "Why", answer.message());
        add(
                facts,
                "HTTP status",
                answer.httpStatus() == null ? null : answer.httpStatus().toString());
        add(facts, "Address", answer.address());
        add(facts, "Judged by", answer.judgedBy());
        add(facts, "Failed while", answer.failedWhile());
        return List.of(
                new Sheet.Facts("Test at " + Times.text(now, now) + " UTC, which does not count", facts),
                new Sheet.Phases("", PhaseBar.of(answer)));
    }

    /** Returns a code with its icon. */
    static Sheet.Cell cell(Outcome.Code code) {
        String tone = switch (code) {
            case OK -> Tone.WELL;
            case WARNING -> Tone.WARN;
            case ERROR -> Tone.ILL;
        };
        return Sheet.Cell.toned(code.name(), tone);
    }

    private static void add(List<Sheet.Fact> facts, String label, @Nullable String value) {
        if (value != null) {
            facts.add(new Sheet.Fact(label, Sheet.Cell.text(value)));
        }
    }
}
