/** Gates: they answer whether a deployment may go ahead, as soon as its checks have passed or its deadline has. */
@NullMarked
package dev.vitals.health.monitor.gate;

import org.jspecify.annotations.NullMarked;
