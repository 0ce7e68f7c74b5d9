/** Where registrations, states and changes are kept. */
@NullMarked
package dev.vitals.health.monitor.store;

import org.jspecify.annotations.NullMarked;
