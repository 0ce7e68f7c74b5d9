/** What the monitor and its targets look like to Prometheus. */
@NullMarked
package dev.vitals.health.monitor.metrics;

import org.jspecify.annotations.NullMarked;
