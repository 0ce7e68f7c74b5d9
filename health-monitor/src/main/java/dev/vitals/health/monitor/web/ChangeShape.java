package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** How changes are written, page by page. */
final class ChangeShape {
    private static final int PAGE = 500;

    private ChangeShape() {}

    static void json(JsonGenerator json, History history, TargetId id, TimeRange range, long before, int limit)
            throws IOException {
        json.writeArrayFieldStart("changes");
        long next = each(
                history,
                id,
                range,
                before,
                limit,
                change -> HistoryShape.write(() -> TargetShape.change(json, change)));
        json.writeEndArray();
        if (next > 0) {
            json.writeStringField("next", Long.toString(next));
        }
    }

    static void csv(Csv csv, History history, TargetId id, TimeRange range, long before, int limit) {
        csv.header("at", "from", "to", "why");
        each(
                history,
                id,
                range,
                before,
                limit,
                change -> csv.text(Shape.time(change.at().toEpochMilli()))
                        .text(change.from().name())
                        .text(change.to().name())
                        .text(change.why())
                        .end());
    }

    // Returns the number of the last one shown if there are more; else 0.
    private static long each(
            History history, TargetId id, TimeRange range, long before, int limit, Consumer<Change> sink) {
        long last = before;
        int left = limit;
        while (true) {
            int wanted = Math.min(left, PAGE);
            // One more, to see whether there are more.
            List<HistoryStore.NumberedChange> page = history.changes(id, range, last, wanted + 1);
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
