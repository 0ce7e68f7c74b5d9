/** When and how targets are polled, and what an answer means. */
@NullMarked
package dev.vitals.health.monitor.poll;

import org.jspecify.annotations.NullMarked;
