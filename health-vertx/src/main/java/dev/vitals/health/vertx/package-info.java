/** One request handler for Vert.x over the health endpoint. */
@NullMarked
package dev.vitals.health.vertx;

import org.jspecify.annotations.NullMarked;
