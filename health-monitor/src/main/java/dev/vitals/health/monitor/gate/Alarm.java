package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has gates judged later.
 *
 * @param time when
 * @param due takes the id of the gate; must not block
 * @param recorded takes results that the registry shows now; must not block
 */
record Alarm(Time time, Consumer<String> due, Consumer<List<GateMessage.Result>> recorded) {
    Scheduler.Cancellation set(String gate, Duration delay) {
        return time.in(delay, () -> due.accept(gate));
    }

    long nanoTime() {
        return time.scheduler().nanoTime();
    }
}
