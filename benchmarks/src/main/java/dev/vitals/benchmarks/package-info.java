/** Measures the cost of probes, checks and the monitor. {@code benchmarks/README.md} shows how to run this, and results. */
@NullMarked
package dev.vitals.benchmarks;

import org.jspecify.annotations.NullMarked;
