/** The HTTP interface of the monitor. Nobody imports this package but the place that wires. */
@NullMarked
package dev.vitals.health.monitor.web;

import org.jspecify.annotations.NullMarked;
