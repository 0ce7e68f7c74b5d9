package dev.vitals.health;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * User code that looks at one thing. Runs on a worker thread, never twice at the same time, and need not be thread-safe.
 *
 * <p>An exception, an {@code Error} or a null outcome is an ERROR of this check alone.
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * Looks once.
     *
     * @return the outcome; it may also be raised, as {@link HealthCheckOk}, {@link HealthCheckWarning} or
     *     {@link HealthCheckError}
     * @throws Exception for any failure; its text goes to the log and not to the wire
     */
    Outcome run() throws Exception;

    /**
     * Returns the type of component it looks at, such as {@code datastore}, {@code system} or {@code component}.
     * Source: draft-inadarei-api-health-check-06, section 4.2.
     */
    default Optional<String> componentType() {
        return Optional.empty();
    }

    /**
     * Returns whether it looks at something outside of this process and machine. Such a check is refused in the group
     * {@code live}: restarting this process would not mend the other side.
     */
    default boolean remote() {
        return false;
    }

    /**
     * Is called after this check was unregistered, or its {@link Health} closed: gives back what it keeps from run to run and
     * what costs threads, such as a client. Does nothing by default. A run may be in progress, and the check may be registered
     * again. Called on the thread that unregisters or closes; what it throws is logged at WARN.
     */
    default void unregistered() {}

    /**
     * Returns a check that answers later, without a thread that waits for it:
     * {@code HealthCheck.async(() -> client.sendAsync(request, discarding()).thenApply(r -> Outcome.ok()))}.
     *
     * <p>The call itself happens on a worker thread. The timeout covers both the call and the stage. At the timeout the
     * check is an ERROR, and it is not called again until the stage completes; with
     * {@link CheckOptions#interruptOnTimeout} the stage is cancelled. A stage that fails is an ERROR, as if the check had
     * thrown, and an outcome may be raised in it. The thread that completes the stage records the result, which is short.
     */
    static HealthCheck async(Callable<? extends CompletionStage<Outcome>> check) {
        return new AsyncCheck(check);
    }
}
