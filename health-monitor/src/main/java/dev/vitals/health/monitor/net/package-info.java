/** HTTP and TCP connections that the monitor opens: connecting, keeping, reading answers, and naming failures. */
@NullMarked
package dev.vitals.health.monitor.net;

import org.jspecify.annotations.NullMarked;
