package dev.vitals.health;

/** A check that says its outcome only by raising it; ending without raising is an ERROR, "raised no outcome". */
@FunctionalInterface
public interface HealthHandler {
    /**
     * Looks once and raises a {@link HealthCheckOk}, {@link HealthCheckWarning} or {@link HealthCheckError}.
     *
     * @throws Exception for any other failure, which is an ERROR
     */
    void run() throws Exception;
}
