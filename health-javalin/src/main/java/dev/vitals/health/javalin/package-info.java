/** The health endpoint as a plugin for Javalin. */
@NullMarked
package dev.vitals.health.javalin;

import org.jspecify.annotations.NullMarked;
