package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what alerts about a target are suppressed: a maintenance window, a silence or both; of several of a kind the one
 * that lasts longest.
 *
 * @param maintenance the maintenance window in effect; null if none is
 * @param silence the silence in effect; null if none is
 */
public record Suppressed(
        @Nullable Active maintenance, @Nullable Active silence) {
    /**
     * One that is in effect.
     *
     * @param what the window or the silence
     * @param until when this occurrence ends
     */
    public record Active(Suppression what, Instant until) {}

    /** Returns what of these holds for the target; empty if nothing does. */
    public static Optional<Suppressed> of(List<Active> active, Target target) {
        Active maintenance = null;
        Active silence = null;
        for (Active one : active) {
            if (!one.what().selection().matches(target)) {
                continue;
            }
            if (one.what().kind() == SuppressionKind.MAINTENANCE) {
                maintenance = longer(maintenance, one);
            } else {
                silence = longer(silence, one);
            }
        }
        return maintenance == null && silence == null
                ? Optional.empty()
                : Optional.of(new Suppressed(maintenance, silence));
    }

    private static Active longer(@Nullable Active one, Active other) {
        return one == null || one.until().isBefore(other.until()) ? other : one;
    }

    /** Returns {@code maintenance NAME} or {@code silenced NAME}, for logs. */
    @Override
    public String toString() {
        Suppression what = maintenance != null
                ? maintenance.what()
                : Objects.requireNonNull(silence).what();
        return what.kind().adjective() + " " + what.name();
    }
}
