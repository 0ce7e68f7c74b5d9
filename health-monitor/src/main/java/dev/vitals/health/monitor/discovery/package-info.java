/** Announces the monitor in the local network. */
@NullMarked
package dev.vitals.health.monitor.discovery;

import org.jspecify.annotations.NullMarked;
