/** The memory: results, roll-ups, series, and the ledger of states; written with each commit, read by requests. */
@NullMarked
package dev.vitals.health.monitor.history;

import org.jspecify.annotations.NullMarked;
