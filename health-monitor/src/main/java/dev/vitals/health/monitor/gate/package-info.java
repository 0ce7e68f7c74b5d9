/** May this go ahead? Answered when the checks that are meant have passed freshly, or when there is no time left. */
@NullMarked
package dev.vitals.health.monitor.gate;

import org.jspecify.annotations.NullMarked;
