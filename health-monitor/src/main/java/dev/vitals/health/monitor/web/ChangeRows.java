package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes of a target's state, the newest first, read page by page.
 *
 * @param before only changes with a lower number
 */
record ChangeRows(History history, TargetId target, TimeRange range, long before, int limit)
        implements StreamedResponse.Rows {
    private static final int PAGE = 500;

    @Override
    public void json(JsonGenerator json) throws IOException {
        StreamedResponse.range(json, range);
        json.writeArrayFieldStart("changes");
        long next = each(change -> StreamedResponse.row(json, TargetAnswer.Change.of(change)));
        json.writeEndArray();
        if (next > 0) {
            json.writeStringField("next", Long.toString(next));
        }
    }

    @Override
    public void csv(Csv csv) {
        csv.header("at", "from", "to", "why");
        long unused = each(change -> csv.text(Rfc3339.text(change.at()))
                .text(change.from().name())
                .text(change.to().name())
                .text(change.why())
                .end());
    }

    /** Hands over up to the limit; returns the number of the last one if there are more, else 0. */
    private long each(Consumer<Change> sink) {
        long last = before;
        int left = limit;
        while (true) {
            int wanted = Math.min(left, PAGE);
            // One more than wanted, to see whether there are more.
            List<HistoryStore.NumberedChange> page = history.changes(target, range, last, wanted + 1);
            for (HistoryStore.NumberedChange change : page.subList(0, Math.min(wanted, page.size()))) {
                sink.accept(change.change());
                last = change.number();
            }
            left -= wanted;
            if (page.size() <= wanted) {
                return 0;
            }
            if (left == 0) {
                return last;
            }
        }
    }
}
