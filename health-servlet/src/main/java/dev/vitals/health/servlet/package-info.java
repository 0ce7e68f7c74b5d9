/** One servlet over the health endpoint. */
@NullMarked
package dev.vitals.health.servlet;

import org.jspecify.annotations.NullMarked;
