package dev.vitals.health;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts successes and failures of the latest calls, by time; counting takes no lock. */
final class CallWindow extends InMemoryCheck {
    private static final int SLOTS = 10;

    private final Scheduler scheduler;
    private final RecorderOptions options;
    private final long originNanos;
    private final long slotNanos;
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /** The calls of one stretch of time. */
    private record Slot(long number, LongAdder calls, LongAdder failures) {}

    CallWindow(Scheduler scheduler, RecorderOptions options) {
        this.scheduler = scheduler;
        this.options = options;
        this.originNanos = scheduler.nanoTime();
        this.slotNanos = options.window.toNanos() / SLOTS;
    }

    void count(boolean failed) {
        Slot slot = current();
        slot.calls().increment();
        if (failed) {
            slot.failures().increment();
        }
    }

    private long now() {
        return (scheduler.nanoTime() - originNanos) / slotNanos;
    }

    private Slot current() {
        long number = now();
        int index = (int) (number % SLOTS);
        Slot known = slots.get(index);
        while (known == null || known.number() < number) {
            Slot fresh = new Slot(number, new LongAdder(), new LongAdder());
            if (slots.compareAndSet(index, known, fresh)) {
                return fresh;
            }
            known = slots.get(index);
        }
        return known;
    }

    @Override
    public Outcome run() {
        long oldest = now() - SLOTS;
        long calls = 0;
        long failures = 0;
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = slots.get(i);
            if (slot != null && slot.number() > oldest) {
                calls += slot.calls().sum();
                failures += slot.failures().sum();
            }
        }
        return judge(calls, failures).with("calls", calls).with("failures", failures);
    }

    private Outcome judge(long calls, long failures) {
        double ratio = calls == 0 ? 0 : (double) failures / calls;
        if (calls < options.minimumCalls || ratio < options.warningRatio) {
            return Outcome.ok();
        }
        String message = failures + " of " + calls + " calls failed in " + options.window.toSeconds() + " s";
        return ratio < options.errorRatio ? Outcome.warning(message) : Outcome.error(message);
    }
}
