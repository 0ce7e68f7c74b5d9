/**
 * The kinds of probes, one file for each: its settings, how they are read and described, how the target is polled, and
 * what an answer means. {@link dev.vitals.health.monitor.probe.Probes} lists them.
 */
@NullMarked
package dev.vitals.health.monitor.probe;

import org.jspecify.annotations.NullMarked;
