/** The health endpoint as a request handler for Vert.x. */
@NullMarked
package dev.vitals.health.vertx;

import org.jspecify.annotations.NullMarked;
