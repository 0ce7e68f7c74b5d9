/** The checks of hosts, which people make through the API. */
@NullMarked
package dev.vitals.health.monitor.host;

import org.jspecify.annotations.NullMarked;
