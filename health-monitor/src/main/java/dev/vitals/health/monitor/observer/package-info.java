/** Whether the monitor itself can see: its network, its clock, its pauses; and signs that it is alive. */
@NullMarked
package dev.vitals.health.monitor.observer;

import org.jspecify.annotations.NullMarked;
