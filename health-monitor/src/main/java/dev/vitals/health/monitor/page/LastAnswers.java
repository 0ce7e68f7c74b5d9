package dev.vitals.health.monitor.page;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last good answer of each target since the monitor started, and what differs from it. One answer is kept for each target.
 * Thread-safe.
 */
public final class LastAnswers implements RegistryListener {
    private final Map<TargetId, PollResult> good = new ConcurrentHashMap<>();

    /** A line that is in both answers, only in the good one, or only in the other. */
    record Line(Kind kind, String text) {
        enum Kind {
            SAME,
            BEFORE,
            NOW
        }

        String tone() {
            return switch (kind) {
                case SAME -> Tone.PLAIN;
                case BEFORE -> Tone.WELL;
                case NOW -> Tone.ILL;
            };
        }

        String mark() {
            return switch (kind) {
                case SAME -> "  ";
                case BEFORE -> "- ";
                case NOW -> "+ ";
            };
        }
    }

    @Override
    public void recorded(Target target, PollResult result) {
        if (result.code() == Outcome.Code.OK) {
            good.put(target.id(), result);
        }
    }

    @Override
    public void unwatched(TargetId id) {
        good.remove(id);
    }

    /** Returns the last good answer; null if there was none since the monitor started. */
    @Nullable
    PollResult good(TargetId id) {
        return good.get(id);
    }

    /** Returns what differs: the answers line by line, and components by their names. */
    static List<Line> difference(PollResult before, PollResult now) {
        Map<String, String> old = lines(before);
        Map<String, String> current = lines(now);
        List<Line> lines = new ArrayList<>();
        old.forEach((name, text) -> {
            String other = current.remove(name);
            if (text.equals(other)) {
                lines.add(new Line(Line.Kind.SAME, text));
            } else {
                lines.add(new Line(Line.Kind.BEFORE, text));
                if (other != null) {
                    lines.add(new Line(Line.Kind.NOW, other));
                }
            }
        });
        current.values().forEach(text -> lines.add(new Line(Line.Kind.NOW, text)));
        return lines;
    }

    private static Map<String, String> lines(PollResult result) {
        Map<String, String> lines = new LinkedHashMap<>();
        put(lines, "status", result.httpStatus() == null ? null : "HTTP status " + result.httpStatus());
        put(lines, "result", result.code().name());
        put(lines, "message", result.message());
        put(lines, "release", result.releaseId() == null ? null : "release " + result.releaseId());
        for (ComponentState component : result.components()) {
            lines.put("component " + component.name(), text(component));
        }
        return lines;
    }

    private static void put(Map<String, String> lines, String name, @Nullable String text) {
        if (text != null) {
            lines.put(name, text);
        }
    }

    private static String text(ComponentState component) {
        return component.name() + ": " + component.status().word()
                + (value(component).isEmpty() ? "" : ", " + value(component))
                + (component.output() == null ? "" : ", " + component.output());
    }

    /** Returns the observed value with its unit; empty if there is none. */
    static String value(ComponentState component) {
        Double value = component.observedValue();
        if (value == null) {
            return "";
        }
        String number = Math.abs(value) < 1e9
                ? Chart.number(value)
                : new BigDecimal(value).toBigInteger().toString();
        return number + (component.observedUnit() == null ? "" : " " + component.observedUnit());
    }
}
