/** Connections that the monitor opens: to whom it may, how, and what came of it. Stands on nothing of ours but core. */
@NullMarked
package dev.vitals.health.monitor.net;

import org.jspecify.annotations.NullMarked;
