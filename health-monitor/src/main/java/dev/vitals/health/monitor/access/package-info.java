/** Tokens, users and sessions, the audit log, and secrets. */
@NullMarked
package dev.vitals.health.monitor.access;

import org.jspecify.annotations.NullMarked;
