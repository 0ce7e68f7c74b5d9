package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A check that judges real calls: it records their outcomes, so that no probe calls are needed. Thread-safe; counting
 * takes no lock and costs no thread.
 *
 * <pre>{@code
 * CallRecorder payments = CallRecorder.of(r -> r.window(Duration.ofMinutes(1)).errorRatio(0.5));
 * Health health = Health.builder().check("payments", payments, c -> c.groups(Health.READY)).start();
 * Receipt receipt = payments.call(() -> client.pay(order));
 * }</pre>
 *
 * <p>Counts from the registration on. One recorder serves one registration at a time. Its defaults: it is read every
 * second, and an ERROR makes it UNHEALTHY at once.
 */
public final class CallRecorder extends InMemoryCheck {
    private final RecorderOptions options;
    private volatile @Nullable Window window;

    private CallRecorder(RecorderOptions options) {
        this.options = options;
    }

    /** Returns a recorder with the default settings that is not registered yet. */
    public static CallRecorder create() {
        return of(settings -> {});
    }

    /**
     * Returns a recorder that is not registered yet.
     *
     * @throws IllegalArgumentException if a setting is out of its bounds
     */
    public static CallRecorder of(Consumer<RecorderOptions> settings) {
        RecorderOptions options = new RecorderOptions();
        settings.accept(options);
        return new CallRecorder(options);
    }

    @Override
    void begin(AgeClock clock) {
        window = new Window(clock, options.window.toNanos());
    }

    /** Counts a call that succeeded. */
    public void success() {
        count(false);
    }

    /** Counts a call that failed. */
    public void failure() {
        count(true);
    }

    /** Makes the call and counts its outcome; an exception is a failure, and is thrown on. */
    public <T> T call(Callable<T> call) throws Exception {
        boolean failed = true;
        try {
            T result = call.call();
            failed = false;
            return result;
        } finally {
            count(failed);
        }
    }

    private void count(boolean failed) {
        Window current = window;
        if (current != null) {
            current.count(failed);
        }
    }

    /** Judges the calls in the window; the outcome's data has their number as {@code calls} and {@code failures}. */
    @Override
    public Outcome run() {
        Window current = window;
        if (current == null) {
            return Outcome.error("not registered");
        }
        Window.Sums sums = current.sums();
        return judge(sums.calls(), sums.failures()).with("calls", sums.calls()).with("failures", sums.failures());
    }

    private Outcome judge(long calls, long failures) {
        double ratio = calls == 0 ? 0 : (double) failures / calls;
        if (calls < options.minimumCalls || ratio < options.warningRatio) {
            return Outcome.ok();
        }
        String message = failures + " of " + calls + " calls failed in " + options.window.toSeconds() + " s";
        return ratio < options.errorRatio ? Outcome.warning(message) : Outcome.error(message);
    }

    /** Counts the calls of the last window of time, in ten slots. */
    private static final class Window {
        private static final int SLOTS = 10;

        private final AgeClock clock;
        private final long originNanos;
        private final long slotNanos;
        private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

        /** The calls of one tenth of the window. */
        private record Slot(long number, LongAdder calls, LongAdder failures) {}

        private record Sums(long calls, long failures) {}

        Window(AgeClock clock, long nanos) {
            this.clock = clock;
            this.originNanos = clock.nanoTime();
            this.slotNanos = nanos / SLOTS;
        }

        void count(boolean failed) {
            Slot slot = current();
            slot.calls().increment();
            if (failed) {
                slot.failures().increment();
            }
        }

        private long now() {
            return (clock.nanoTime() - originNanos) / slotNanos;
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

        Sums sums() {
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
            return new Sums(calls, failures);
        }
    }
}
