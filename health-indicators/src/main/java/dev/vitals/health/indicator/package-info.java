/** Ready-made checks. */
@NullMarked
package dev.vitals.health.indicator;

import org.jspecify.annotations.NullMarked;
