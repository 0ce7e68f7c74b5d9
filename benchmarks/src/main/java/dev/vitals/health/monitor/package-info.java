/** Looks at the monitor from inside its package. */
package dev.vitals.health.monitor;
