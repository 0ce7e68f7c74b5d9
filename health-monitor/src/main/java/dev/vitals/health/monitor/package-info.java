/** The monitor: polls apps, keeps their history, and decides gates for deployments. */
@NullMarked
package dev.vitals.health.monitor;

import org.jspecify.annotations.NullMarked;
