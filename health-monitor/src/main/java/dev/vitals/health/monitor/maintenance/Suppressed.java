package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The suppressions in effect for one target: a maintenance window, a silence, or both. If several of one kind are in
 * effect, the one that ends last is named.
 *
 * @param maintenance the maintenance window in effect; null if there is none
 * @param silence the silence in effect; null if there is none
 */
public record Suppressed(
        @Nullable Active maintenance, @Nullable Active silence) {
    /**
     * A suppression in effect.
     *
     * @param suppression the maintenance window or the silence
     * @param until the end of this occurrence
     */
    public record Active(Suppression suppression, Instant until) {}

    /** Picks from the suppressions in effect those that apply to the target; empty if none does. */
    public static Optional<Suppressed> of(List<Active> active, Target target) {
        Active maintenance = null;
        Active silence = null;
        for (Active one : active) {
            if (!one.suppression().selection().matches(target)) {
                continue;
            }
            if (one.suppression().kind() == SuppressionKind.MAINTENANCE) {
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
        Active shown = maintenance != null ? maintenance : Objects.requireNonNull(silence);
        return shown.suppression().kind().adjective() + " "
                + shown.suppression().name();
    }
}
