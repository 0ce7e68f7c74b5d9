/** Who may do what, who did what, and what is kept secret. */
@NullMarked
package dev.vitals.health.monitor.access;

import org.jspecify.annotations.NullMarked;
