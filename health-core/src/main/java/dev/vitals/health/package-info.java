/** Checks, their states, and the reports on them. Start with {@link dev.vitals.health.Health#builder()}. */
@NullMarked
package dev.vitals.health;

import org.jspecify.annotations.NullMarked;
