package dev.vitals.health;

/** A check that raises its outcome. If it returns without raising one, that is an ERROR: "raised no outcome". */
@FunctionalInterface
public interface HealthHandler {
    /**
     * Looks once and raises a {@link HealthCheckOk}, {@link HealthCheckWarning} or {@link HealthCheckError}.
     *
     * @throws Exception for any other failure, which is an ERROR
     */
    void run() throws Exception;
}
