/** Metrics for Prometheus: of the monitor itself, and of each target. */
@NullMarked
package dev.vitals.health.monitor.metrics;

import org.jspecify.annotations.NullMarked;
