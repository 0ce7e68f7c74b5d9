/** The values of incidents and messages: what happened, who is told, and what the message says. */
@NullMarked
package dev.vitals.health.monitor.alert;

import org.jspecify.annotations.NullMarked;
