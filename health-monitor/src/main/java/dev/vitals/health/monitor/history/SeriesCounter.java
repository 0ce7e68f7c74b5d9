package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.store.HistoryRows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the numbers that results show, for the first {@link #MAX_SERIES} names of each target. */
final class SeriesCounter {
    static final int MAX_SERIES = 20;

    private static final Logger log = LoggerFactory.getLogger(SeriesCounter.class);

    private final ObservedValues observed;
    private final WriteBuffer unwritten;

    SeriesCounter(ObservedValues observed, WriteBuffer unwritten) {
        this.observed = observed;
        this.unwritten = unwritten;
    }

    void count(HeadChunk track, PollResult result) {
        observed.each(result, (name, unit, value) -> {
            if (Double.isFinite(value)) {
                count(track, name, unit, value);
            }
        });
    }

    private void count(HeadChunk track, String name, @Nullable String unit, double value) {
        List<OpenSeries> known = track.seriesList();
        for (OpenSeries series : known) {
            if (series.name.equals(name)) {
                series.add(value);
                return;
            }
        }
        if (known.size() >= MAX_SERIES) {
            log.debug("{}: {} is not kept, there are {} series", track.id, name, MAX_SERIES);
            return;
        }
        OpenSeries added = new OpenSeries(name, unit);
        unwritten.series.add(new HistoryRows.Series(track.number, known.size(), name, unit));
        known.add(added);
        added.add(value);
    }
}
