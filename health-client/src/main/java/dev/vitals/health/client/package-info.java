/** Registers the application with monitors. */
@NullMarked
package dev.vitals.health.client;

import org.jspecify.annotations.NullMarked;
