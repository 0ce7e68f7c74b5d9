/** When targets are polled, how each kind of target is polled, and what an answer means. */
@NullMarked
package dev.vitals.health.monitor.poll;

import org.jspecify.annotations.NullMarked;
