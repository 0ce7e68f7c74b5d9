/** The pages: what the monitor shows to people in a browser. */
@NullMarked
package dev.vitals.health.monitor.page;

import org.jspecify.annotations.NullMarked;
