/** Replays stored results under other settings, and bounds how late trouble is seen. */
@NullMarked
package dev.vitals.health.monitor.backtest;

import org.jspecify.annotations.NullMarked;
