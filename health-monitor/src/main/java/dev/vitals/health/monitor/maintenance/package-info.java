/** Maintenance windows and silences: the times at which alerts about targets are suppressed. */
@NullMarked
package dev.vitals.health.monitor.maintenance;

import org.jspecify.annotations.NullMarked;
