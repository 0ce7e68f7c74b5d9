/**
 * The history of each target: results, roll-ups, series, and the time in each state. {@link
 * dev.vitals.health.monitor.history.HistoryRecorder} writes it in the transaction of each commit; {@link
 * dev.vitals.health.monitor.history.History} reads it for requests.
 *
 * <p>New entries go to the open chunk of their target, which is in memory (the <i>head chunk</i>), and to the journal, one
 * row per commit, from which the head chunks are restored at a start. A head chunk that is long or old is stored as one
 * row.
 */
@NullMarked
package dev.vitals.health.monitor.history;

import org.jspecify.annotations.NullMarked;
