/** Who is told of what: rules, the addresses of registrations, and how many instances an app must have. */
@NullMarked
package dev.vitals.health.monitor.rule;

import org.jspecify.annotations.NullMarked;
