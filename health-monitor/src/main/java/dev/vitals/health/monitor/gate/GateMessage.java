package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Something that the thread of {@link Gates} is to take in. */
sealed interface GateMessage {
    /** A poll has ended. */
    record Result(Target polled, PollResult result) implements GateMessage {}

    /** A target is watched, watched with other values, or no longer. */
    record Moved(TargetId target) implements GateMessage {}

    /** The state of a target has changed. */
    record Changed(TargetId target) implements GateMessage {}

    /** A gate is to be judged. */
    record Due(String gate) implements GateMessage {}

    /** The registry shows these results now. */
    record Recorded(List<Result> results) implements GateMessage {}

    /** All gates are to be judged. */
    record AllDue() implements GateMessage {}

    /** Somebody asks for something and waits for it. */
    record Edit<T>(Supplier<T> work, CompletableFuture<T> promise) implements GateMessage {
        void run() {
            try {
                promise.complete(work.get());
            } catch (RuntimeException | Error e) {
                // It belongs to the one who asked; the others go on.
                promise.completeExceptionally(e);
            }
        }
    }
}
