/** Measures what probes and checks cost; {@code benchmarks/README.md} says how and shows the results. */
@NullMarked
package dev.vitals.benchmarks;

import org.jspecify.annotations.NullMarked;
