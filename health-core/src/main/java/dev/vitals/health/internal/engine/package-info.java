/** The parts of the engine that the sister modules use and users do not. */
@NullMarked
package dev.vitals.health.internal.engine;

import org.jspecify.annotations.NullMarked;
