package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.monitor.model.ComponentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values at the end of a chunk: the next entry is written as a difference from them. */
final class DeltaState {
    long time;
    int minute;
    int seriesMinute;

    /** The HTTP code of the last result plus 1, or 0 for none. */
    int http;

    @Nullable
    String message;

    List<ComponentState> notOk = List.of();
}
