package dev.vitals.health;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every change of a state once: WARN if it is for the worse, INFO if it is for the better. */
final class ChangeLog {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    void log(Snapshot before, Snapshot after) {
        Iterator<CheckResult> olds = before.checks().iterator();
        for (CheckResult result : after.checks()) {
            CheckResult old = find(olds, before, result);
            if (old != null && old.state() != result.state()) {
                say(old, result);
            }
        }
    }

    // Both lists have the same order, so the one at the same place is nearly always the right one.
    private static @Nullable CheckResult find(Iterator<CheckResult> olds, Snapshot before, CheckResult result) {
        if (olds.hasNext()) {
            CheckResult candidate = olds.next();
            if (candidate.definition() == result.definition()) {
                return candidate;
            }
        }
        for (CheckResult candidate : before.checks()) {
            if (candidate.definition() == result.definition()) {
                return candidate;
            }
        }
        return null;
    }

    private static void say(CheckResult old, CheckResult result) {
        String reason = result.output().map(text -> ": " + text).orElse("");
        if (isForTheBetter(old.state(), result.state())) {
            log.info("check {}: {} -> {}{}", result.name(), old.state(), result.state(), reason);
        } else {
            log.warn("check {}: {} -> {}{}", result.name(), old.state(), result.state(), reason);
        }
    }

    private static boolean isForTheBetter(State from, State to) {
        return to == State.HEALTHY || (to == State.DEGRADED && from == State.UNHEALTHY);
    }
}
