/** The checks as meters of Micrometer. */
@NullMarked
package dev.vitals.health.micrometer;

import org.jspecify.annotations.NullMarked;
