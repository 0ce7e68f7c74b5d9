/** The values of the monitor: registrations, targets, results, states, changes. Imports no other package of the monitor. */
@NullMarked
package dev.vitals.health.monitor.model;

import org.jspecify.annotations.NullMarked;
