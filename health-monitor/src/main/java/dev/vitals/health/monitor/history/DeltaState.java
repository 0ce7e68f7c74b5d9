package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.ComponentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the next entry of a chunk is written against: the values of those before. */
final class DeltaState {
    long time;
    int minute;
    int seriesMinute;

    /** The HTTP code of the last result and one; 0 for none. */
    int http;

    @Nullable
    String message;

    List<ComponentState> notOk = List.of();
}
