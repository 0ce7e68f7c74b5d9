/** Makes incidents of changes of states, and decides which messages they need. */
@NullMarked
package dev.vitals.health.monitor.incident;

import org.jspecify.annotations.NullMarked;
