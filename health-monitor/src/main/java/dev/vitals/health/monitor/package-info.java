/** Polls registered applications, tells people, and holds back deployments. */
@NullMarked
package dev.vitals.health.monitor;

import org.jspecify.annotations.NullMarked;
