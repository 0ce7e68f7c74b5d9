/** Who may change something: the registrar's token. */
@NullMarked
package dev.vitals.health.monitor.access;

import org.jspecify.annotations.NullMarked;
