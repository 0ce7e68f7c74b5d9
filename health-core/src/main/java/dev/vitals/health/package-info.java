/** Checks, their state, and the report that follows from them. Start with {@link dev.vitals.health.Health#builder()}. */
@NullMarked
package dev.vitals.health;

import org.jspecify.annotations.NullMarked;
