package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.net.Timings;
import dev.vitals.health.monitor.web.Diagnosis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a call one after the other as one bar, so that it needs no script, and prints. Pure.
 *
 * @param segments the phases that happened, in their order
 * @param total the time of the whole call, in words
 */
record PhaseBar(List<Segment> segments, String total) {
    static final int WIDTH = 600;

    private static final List<String> NAMES = List.of("DNS", "connect", "TLS", "first byte", "body");
    private static final double LEAST = 2;
    private static final String REST = "rest";

    /**
     * One phase.
     *
     * @param tone the class of its colour
     * @param x where it begins, of {@link #WIDTH}
     * @param width how wide it is; at least visible
     * @param words its name and its time
     */
    record Segment(String tone, String x, String width, String words) {}

    static PhaseBar of(Timings timings) {
        return of(
                List.of(
                        micros(timings.resolving()),
                        micros(timings.connecting()),
                        micros(timings.securing()),
                        micros(timings.answering()),
                        micros(timings.reading())),
                micros(Optional.of(timings.total())));
    }

    static PhaseBar of(Diagnosis.Answer answer) {
        return of(
                List.of(
                        micros(answer.resolvingMs()),
                        micros(answer.connectingMs()),
                        micros(answer.securingMs()),
                        micros(answer.answeringMs()),
                        micros(answer.readingMs())),
                micros(answer.latencyMs()));
    }

    private static long micros(Optional<Duration> time) {
        return time.map(known -> known.toNanos() / 1_000).orElse(-1L);
    }

    private static long micros(@Nullable BigDecimal millis) {
        return millis == null ? -1 : millis.movePointRight(3).longValue();
    }

    /**
     * Draws phases.
     *
     * @param micros the time of each phase in microseconds; negative for a phase that did not happen or did not end
     * @param total the time of the whole call in microseconds; what is in no phase is waiting, such as for an answer that did
     *     not come
     */
    static PhaseBar of(List<Long> micros, long total) {
        long known = micros.stream()
                .filter(time -> time >= 0)
                .mapToLong(time -> time)
                .sum();
        long rest = Math.max(0, total - known);
        // Between the phases some microseconds pass, which are not worth a word.
        rest = known > 0 && rest * 50 < known ? 0 : rest;
        long all = Math.max(1, known + rest);
        List<Segment> segments = new ArrayList<>();
        double x = 0;
        for (int i = 0; i <= micros.size(); i++) {
            boolean isRest = i == micros.size();
            long time = isRest ? rest : micros.get(i);
            if (time < 0 || (isRest && time == 0)) {
                continue;
            }
            double width = Math.min(Math.max(LEAST, (double) time / all * WIDTH), WIDTH - x);
            String name = isRest ? "waiting" : NAMES.get(i);
            segments.add(new Segment(
                    isRest ? REST : "p" + i,
                    number(x),
                    number(Math.max(LEAST / 2, width - 1)),
                    name + " " + Chart.millis(time) + " ms"));
            x = Math.min(x + width, WIDTH - LEAST);
        }
        return new PhaseBar(List.copyOf(segments), Chart.millis(Math.max(total, known)) + " ms");
    }

    private static String number(double units) {
        return BigDecimal.valueOf(Math.round(units * 10), 1).toPlainString();
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Returns all of it in words, for those who do not see the bar. */
    String words() {
        return segments.stream().map(Segment::words).collect(Collectors.joining(", ")) + "; " + total + " in all";
    }
}
