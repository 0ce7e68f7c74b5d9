package dev.vitals.health;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a check. Hand its instance to {@link HealthBuilder#annotated}.
 *
 * <p>The method has no parameters, may have any visibility, and may throw anything. It returns an {@link Outcome}, or a
 * boolean for OK or ERROR, or nothing, which is OK unless it raises or throws. Times are a number with a unit:
 * {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}; they have the bounds of {@link CheckOptions}.
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
    int failureThreshold() default 3;

    /** Passes in a row that make the check HEALTHY again. */
    int successThreshold() default 1;

    /** The groups it belongs to. */
    String[] groups() default {};

    /** Whether its failure fails the report, or only makes it warn. */
    boolean critical() default true;
}
