package dev.vitals.health;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an ERROR of what one check threw. The outcome hides the exception's text and names an id; the log has the text
 * under that id. The same failure has the same id: it is logged at WARN once, and at DEBUG until the check answers again.
 */
final class FailureText {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final String check;
    private volatile @Nullable String lastId;

    FailureText(String check) {
        this.check = check;
    }

    /** Returns the outcome, redacted. */
    Outcome of(String what, Throwable failure) {
        try {
            String id = idOf(failure);
            write(what, failure, id);
            String message = what + ": " + failure.getClass().getSimpleName() + ", in the log as " + id;
            return Outcome.error(message).detail(failure.toString()).redacted();
        } catch (Throwable hostile) {
            // An exception may override its own methods and throw from them, or the log may throw.
            return undescribed(what, failure, hostile);
        }
    }

    private Outcome undescribed(String what, Throwable failure, Throwable hostile) {
        Outcome outcome = Outcome.error(what);
        try {
            log.warn(
                    "check {} {}: {}; {} keeps it from being described",
                    check,
                    what,
                    failure.getClass().getName(),
                    hostile.getClass().getName());
            return outcome;
        } catch (Throwable brokenLog) {
            // Nothing is left that could take a message; the outcome still counts.
            return outcome;
        }
    }

    /** Returns whether the log has the latest failure. */
    boolean described() {
        return lastId != null;
    }

    /** Forgets the last failure, because the check has answered. */
    void forget() {
        lastId = null;
    }

    private void write(String what, Throwable failure, String id) {
        if (id.equals(lastId)) {
            log.debug("check {} {} [{}]", check, what, id, failure);
        } else {
            lastId = id;
            log.warn("check {} {} [{}]", check, what, id, failure);
        }
    }

    private String idOf(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        int hash = Objects.hash(check, failure.getClass().getName(), trace.length > 0 ? trace[0] : "");
        return String.format(Locale.ROOT, "%08x", hash);
    }
}
