/** The instances that register themselves. */
@NullMarked
package dev.vitals.health.monitor.instance;

import org.jspecify.annotations.NullMarked;
