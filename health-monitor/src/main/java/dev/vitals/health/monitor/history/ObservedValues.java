package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import org.jspecify.annotations.Nullable;

/** Finds the numbers in a result that the history keeps as series. */
@FunctionalInterface
public interface ObservedValues {
    /** Finds nothing. */
    ObservedValues NONE = (result, sink) -> {};

    /** Finds the observed values of the components in a health document. */
    ObservedValues OF_COMPONENTS = (result, sink) -> {
        for (ComponentState component : result.components()) {
            if (component.observedValue() != null) {
                sink.accept(component.name(), component.observedUnit(), component.observedValue());
            }
        }
    };

    /** Receives one number. */
    @FunctionalInterface
    interface Sink {
        /** Receives the value of the component of that name. Values that are not finite are ignored. */
        void accept(String name, @Nullable String unit, double value);
    }

    /** Hands each number in a result to the sink. */
    void each(PollResult result, Sink sink);
}
