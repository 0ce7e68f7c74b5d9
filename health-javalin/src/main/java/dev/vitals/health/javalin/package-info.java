/** One Javalin plugin over the health endpoint. */
@NullMarked
package dev.vitals.health.javalin;

import org.jspecify.annotations.NullMarked;
