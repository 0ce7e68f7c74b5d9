/** The command line of the monitor. */
@NullMarked
package dev.vitals.health.monitor.cli;

import org.jspecify.annotations.NullMarked;
