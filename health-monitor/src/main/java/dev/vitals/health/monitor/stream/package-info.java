/** What happens in the monitor, as JSON for those who listen: each event is rendered once, and its bytes are shared. */
@NullMarked
package dev.vitals.health.monitor.stream;

import org.jspecify.annotations.NullMarked;
