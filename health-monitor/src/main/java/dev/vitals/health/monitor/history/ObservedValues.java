package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import org.jspecify.annotations.Nullable;

/** Finds the numbers in a result that are to be kept as series. */
@FunctionalInterface
public interface ObservedValues {
    /** Finds none. */
    ObservedValues NONE = (result, sink) -> {};

    /** Finds what the components of a health document have measured. */
    ObservedValues OF_COMPONENTS = (result, sink) -> {
        for (ComponentState component : result.components()) {
            if (component.observedValue() != null) {
                sink.accept(component.name(), component.observedUnit(), component.observedValue());
            }
        }
    };

    /** Takes one number. */
    @FunctionalInterface
    interface Sink {
        /** Takes the value of the component of that name; not a number and infinite are passed over. */
        void accept(String name, @Nullable String unit, double value);
    }

    /** Hands over each number. */
    void each(PollResult result, Sink sink);
}
