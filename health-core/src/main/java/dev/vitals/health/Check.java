package dev.vitals.health;

import dev.vitals.health.internal.engine.StateMachine;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a check, once its instance is handed to {@link HealthBuilder#annotated}.
 *
 * <p>The method has no parameters, may be of any visibility, and may throw anything. Returning an {@link Outcome} it says
 * its outcome, returning a boolean it says OK or ERROR, returning nothing it is OK unless it raises or throws. Times are a
 * number with a unit: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}; their bounds are those of
 * {@link CheckOptions}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Check {
    /** The name of the check. */
    String name();

    /** Time between two starts. */
    String interval() default "10s";

    /** Time allowed for one run. */
    String timeout() default "2s";

    /** ERRORs in a row that make the check UNHEALTHY. */
    int failureThreshold() default StateMachine.DEFAULT_FAILURE_THRESHOLD;

    /** Passes in a row that make the check HEALTHY again. */
    int successThreshold() default StateMachine.DEFAULT_SUCCESS_THRESHOLD;

    /** The groups it belongs to. */
    String[] groups() default {};

    /** Whether its failure fails the report, or only warns. */
    boolean critical() default true;
}
