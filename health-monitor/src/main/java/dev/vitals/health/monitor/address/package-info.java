/** Rules for the addresses that the monitor may connect to. Uses nothing of ours except core. */
@NullMarked
package dev.vitals.health.monitor.address;

import org.jspecify.annotations.NullMarked;
