package dev.vitals.health;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a check threw into an ERROR that says nothing of its text: the text is in the log, under the id that the
 * outcome names. One failure has one id, and is logged as WARN once and then as DEBUG until the check answers again.
 */
final class FailureText {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final String check;
    private volatile @Nullable String lastId;

    FailureText(String check) {
        this.check = check;
    }

    Outcome of(String what, Throwable failure) {
        try {
            String id = idOf(failure);
            say(what, failure, id);
            String message = what + ": " + failure.getClass().getSimpleName() + ", in the log as " + id;
            return Outcome.error(message).detail(failure.toString());
        } catch (Throwable hostile) {
            // An exception may override its own accessors and throw from them, or the log may.
            return Outcome.error(what);
        }
    }

    void forget() {
        lastId = null;
    }

    private void say(String what, Throwable failure, String id) {
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
