/** The outbox: hands each message to its channel until the receiver accepts it. */
@NullMarked
package dev.vitals.health.monitor.message;

import org.jspecify.annotations.NullMarked;
