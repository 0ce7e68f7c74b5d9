/** Benchmarks that need access to the insides of the monitor. */
package dev.vitals.health.monitor;
