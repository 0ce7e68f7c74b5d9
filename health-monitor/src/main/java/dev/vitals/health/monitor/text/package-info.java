/** The words of messages, and the links in them. */
@NullMarked
package dev.vitals.health.monitor.text;

import org.jspecify.annotations.NullMarked;
