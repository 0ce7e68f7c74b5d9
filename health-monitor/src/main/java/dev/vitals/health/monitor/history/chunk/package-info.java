/**
 * The binary format of the history: chunks and journal rows. This page is the specification; a reader can be written from
 * it alone.
 *
 * <p>A <i>chunk</i> holds what is known of one target over a while: results, minutes and minutes of series. A <i>journal
 * row</i> holds what one commit appended to the open chunks of all targets.
 *
 * <h2>Primitives</h2>
 *
 * <ul>
 *   <li><b>byte</b>: one unsigned byte.
 *   <li><b>number</b>: an unsigned integer of up to 64 bits in groups of seven bits, the lowest group first. The highest
 *       bit of a byte is 1 if another byte follows.
 *   <li><b>signed</b>: a number n; the value is {@code (n >>> 1) ^ -(n & 1)} (0, -1, 1, -2, 2 and so on).
 *   <li><b>decimal</b>: a number n. If its lowest bit is 0, {@code n >>> 1} is a whole value, encoded as in <i>signed</i>. If
 *       its lowest bit is 1, eight bytes follow: an IEEE 754 double, the highest byte first.
 *   <li><b>text</b>: a number n. 0 means that there is no text; otherwise n - 1 bytes of UTF-8 follow.
 *   <li><b>bytes</b>: a number n, then n bytes.
 * </ul>
 *
 * <h2>Chunk</h2>
 *
 * <p>A chunk is a version byte, followed by entries up to its end. The two lowest bits of the version byte are 1; the
 * upper six bits are the version. The current version is 1, so the byte is 7. Chunks of version 0 have no version byte:
 * they begin with an entry, and the two lowest bits of an entry are never both 1. The entries of both versions are the
 * same. A chunk keeps its version until it is complete.
 *
 * <h2>Entries</h2>
 *
 * <p>The two lowest bits of the first byte are the kind: 0 result, 1 minute, 2 minute of a series. The other bits are
 * flags; bit 2 is the one next to the kind. Bits that are not listed are 0. An entry is written as a difference from
 * earlier entries of its chunk. Before the first one, times and minutes are 0, the HTTP code and the message are absent, and
 * the list of components is empty.
 *
 * <p><b>Result</b>: one poll. The times of results may go backwards.
 *
 * <ol>
 *   <li>byte: kind 0; bits 2 and 3 are the code: 0 OK, 1 WARNING, 2 ERROR; bits 4, 5 and 6 are set if the HTTP code, the
 *       message or the components differ from those of the result before
 *   <li>signed: start of the poll in milliseconds since 1970, minus that of the result before
 *   <li>number: latency in microseconds
 *   <li>if bit 4 is set, number: 0 if the HTTP code is absent, otherwise the code plus 1
 *   <li>if bit 5 is set, text: the message
 *   <li>if bit 6 is set, number: how many components are not OK; then for each of them text: name; byte: status (0 pass, 1
 *       warn, 2 fail); text: output
 * </ol>
 *
 * <p><b>Minute</b>: all polls that began in a minute. A minute may have more than one entry; their numbers add up.
 *
 * <ol>
 *   <li>byte: kind 1; bits 2, 3 and 4 are set if there were polls with the code OK, WARNING or ERROR; bit 5 is set if
 *       there is a sketch
 *   <li>signed: minutes since 1970, minus those of the minute before
 *   <li>for each of the bits 2, 3 and 4 that is set, number: how many polls had that code
 *   <li>if bit 5 is not set, for each poll, the fastest first, number: latency in microseconds, minus that of the poll
 *       before (the first one: minus 0)
 *   <li>if bit 5 is set, number: least latency; number: greatest latency; number: sum of all latencies; bytes: a DDSketch of
 *       the latencies in the encoding of DataDog's sketches library, without the index mapping, which is logarithmic with a
 *       relative accuracy of 0.01
 * </ol>
 *
 * <p><b>Minute of a series</b>: the values that a target reported under one name in a minute. A minute may have more than
 * one entry; the later one has the later values.
 *
 * <ol>
 *   <li>byte: kind 2; bit 2 is set if there was one value
 *   <li>byte: number of the series in its target
 *   <li>signed: minutes since 1970, minus those of the minute of a series before, whichever series that was
 *   <li>decimal: last value
 *   <li>if bit 2 is not set, number: how many values; decimal: least; decimal: greatest; decimal: sum
 * </ol>
 *
 * <h2>Journal row</h2>
 *
 * <p>A journal row is a sequence of fragments up to its end. Each has number: target; number: chunk; bytes: what was
 * appended to that chunk, which is one entry, after the version byte if the entry is the first one. All fragments of a
 * chunk, in the order of the rows, are the chunk.
 */
@NullMarked
package dev.vitals.health.monitor.history.chunk;

import org.jspecify.annotations.NullMarked;
