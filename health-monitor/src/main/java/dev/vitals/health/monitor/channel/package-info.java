/** The ways on which messages leave: email, webhooks, and the services that people use. */
@NullMarked
package dev.vitals.health.monitor.channel;

import org.jspecify.annotations.NullMarked;
