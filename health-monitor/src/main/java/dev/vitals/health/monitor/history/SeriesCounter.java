package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.store.HistoryRows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the numbers in results to the series of their target. A target has at most {@link #MAX_SERIES} series; further names
 * are ignored. Confined to the recorder's thread.
 */
final class SeriesCounter {
    static final int MAX_SERIES = 20;

    private static final Logger log = LoggerFactory.getLogger(SeriesCounter.class);

    private final ObservedValues observed;
    private final WriteBuffer buffer;

    SeriesCounter(ObservedValues observed, WriteBuffer buffer) {
        this.observed = observed;
        this.buffer = buffer;
    }

    /** A series of one target, and its values in the open minute. */
    static final class OpenSeries {
        private final String name;
        private @Nullable NumberSummary values;

        OpenSeries(String name) {
            this.name = name;
        }

        private void add(double value) {
            values = values == null ? NumberSummary.of(value) : values.plus(value);
        }

        /** Removes and returns the values of the open minute; null if there are none. */
        @Nullable
        NumberSummary take() {
            NumberSummary taken = values;
            values = null;
            return taken;
        }
    }

    void count(HeadChunk head, PollResult result) {
        observed.each(result, (name, unit, value) -> {
            if (Double.isFinite(value)) {
                count(head, name, unit, value);
            }
        });
    }

    private void count(HeadChunk head, String name, @Nullable String unit, double value) {
        List<OpenSeries> known = head.series();
        for (OpenSeries series : known) {
            if (series.name.equals(name)) {
                series.add(value);
                return;
            }
        }
        if (known.size() >= MAX_SERIES) {
            log.debug("{}: {} is ignored, the target already has {} series", head.id, name, MAX_SERIES);
            return;
        }
        OpenSeries added = new OpenSeries(name);
        added.add(value);
        buffer.add(new HistoryRows.Series(head.target, known.size(), name, unit));
        head.add(added);
    }
}
