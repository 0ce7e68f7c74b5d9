/** Deployments, as the tools that run them tell them. */
@NullMarked
package dev.vitals.health.monitor.deployment;

import org.jspecify.annotations.NullMarked;
