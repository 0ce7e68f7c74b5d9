/** The HTTP API of the monitor. Only the code that wires the monitor imports this package. */
@NullMarked
package dev.vitals.health.monitor.web;

import org.jspecify.annotations.NullMarked;
