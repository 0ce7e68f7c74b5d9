/** The health endpoint as a servlet. */
@NullMarked
package dev.vitals.health.servlet;

import org.jspecify.annotations.NullMarked;
