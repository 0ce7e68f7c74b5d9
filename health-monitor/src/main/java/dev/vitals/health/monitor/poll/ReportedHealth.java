package dev.vitals.health.monitor.poll;

import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a body says, whatever its shape.
 *
 * @param status how the whole is
 * @param output what is wrong with it, if that was said
 * @param components how its components are
 * @param releaseId the release that runs there; null if that was not said
 * @param warnsWithFailureCode whether in this shape a warning comes with a code of failure, which is no contradiction then
 */
record ReportedHealth(
        Status status,
        @Nullable String output,
        List<ComponentState> components,
        @Nullable String releaseId,
        boolean warnsWithFailureCode) {
    ReportedHealth(
            Status status, @Nullable String output, List<ComponentState> components, boolean warnsWithFailureCode) {
        this(status, output, components, null, warnsWithFailureCode);
    }

    static ReportedHealth of(HealthDocument document, List<ComponentState> components) {
        return new ReportedHealth(
                document.status(),
                document.output().orElse(null),
                components,
                document.releaseId().orElse(null),
                false);
    }

    /** Returns what body and code say together: where they contradict each other, the worse. */
    Status with(int httpStatus) {
        boolean success = httpStatus / 100 == 2;
        if (success || (warnsWithFailureCode && status == Status.WARN && httpStatus / 100 == 5)) {
            return status;
        }
        return Status.FAIL;
    }
}
