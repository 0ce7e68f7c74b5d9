package dev.vitals.health.monitor.history.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads primitives that a {@link ByteWriter} wrote, in the same order. */
final class ByteReader {
    private static final int MORE = 0x80;
    private static final int LOW_BITS = 0x7f;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads the bytes in [from, to). */
    ByteReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    boolean hasMore() {
        return position < end;
    }

    /** Returns the next byte, from 0 to 255. */
    int read() {
        int next = peek();
        position++;
        return next;
    }

    /** Returns the next byte, from 0 to 255, and stays before it. */
    int peek() {
        if (position >= end) {
            throw endsTooEarly();
        }
        return bytes[position] & 0xff;
    }

    private static IllegalStateException endsTooEarly() {
        return ChunkFormat.damaged("it ends in the middle of an entry");
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = read();
            value |= (long) (next & LOW_BITS) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
    }

    /** Reads a number that fits into an int. */
    int whole() {
        return Math.toIntExact(number());
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    double decimal() {
        long value = number();
        if ((value & 1) == 0) {
            long zigzag = value >>> 1;
            return (zigzag >>> 1) ^ -(zigzag & 1);
        }
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << 8) | read();
        }
        return Double.longBitsToDouble(bits);
    }

    @Nullable
    String text() {
        int length = whole();
        return length == 0 ? null : new String(bytes, skip(length - 1), length - 1, UTF_8);
    }

    byte[] bytes() {
        int length = whole();
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Skips that many bytes; returns the position of the first of them. */
    int skip(int count) {
        if (count < 0 || count > end - position) {
            throw endsTooEarly();
        }
        int from = position;
        position += count;
        return from;
    }
}
