/** Many small targets in one process, and what they have seen. */
package dev.vitals.benchmarks.farm;
