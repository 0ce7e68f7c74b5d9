package dev.vitals.health.monitor.rule;

import java.time.Duration;

/**
 * How many instances of an app must be healthy.
 *
 * @param app the app
 * @param atLeast the number of instances in the state HEALTHY or DEGRADED
 * @param within how long fewer are tolerated
 * @param fromFile whether it comes from the services file; such an expectation cannot be changed over the API
 */
public record Expectation(String app, int atLeast, Duration within, boolean fromFile) {}
