/** The targets, their states and the host checks: one thread decides, writes to the store, and then tells the listeners. */
@NullMarked
package dev.vitals.health.monitor.registry;

import org.jspecify.annotations.NullMarked;
