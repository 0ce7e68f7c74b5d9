/** A process with many small targets, which counts the requests it gets. */
package dev.vitals.benchmarks.farm;
