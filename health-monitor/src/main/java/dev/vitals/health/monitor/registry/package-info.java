/** What is watched now, and in which state: one thread decides, writes to the store, and then tells. */
@NullMarked
package dev.vitals.health.monitor.registry;

import org.jspecify.annotations.NullMarked;
