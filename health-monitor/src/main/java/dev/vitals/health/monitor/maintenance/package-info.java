/** When alerts are suppressed, and for which targets: maintenance windows and silences. */
@NullMarked
package dev.vitals.health.monitor.maintenance;

import org.jspecify.annotations.NullMarked;
