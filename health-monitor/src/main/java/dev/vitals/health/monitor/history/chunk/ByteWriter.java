package dev.vitals.health.monitor.history.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A byte array that grows at its end, and the primitives of the format. Not thread-safe. */
final class ByteWriter {
    private static final int MORE = 0x80;
    private static final int LOW_BITS = 0x7f;
    private static final int RAW = 1;
    private static final double LARGEST_WHOLE = 1L << 50;

    private byte[] bytes;
    private int length;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Returns the array itself: its bytes up to the length do not change until this is cleared. */
    byte[] array() {
        return bytes;
    }

    void write(int oneByte) {
        room(1);
        bytes[length++] = (byte) oneByte;
    }

    void write(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** Writes an unsigned number; the nearer it is to 0, the fewer bytes it takes. */
    void number(long value) {
        long left = value;
        while ((left & ~LOW_BITS) != 0) {
            write((int) (left & LOW_BITS) | MORE);
            left >>>= 7;
        }
        write((int) left);
    }

    /** Writes a signed number; the nearer it is to 0, the fewer bytes it takes. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    /** Writes any double; whole values take few bytes. */
    void decimal(double value) {
        boolean negativeZero = value == 0 && 1 / value < 0;
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE && !negativeZero) {
            long whole = (long) value;
            number(((whole << 1) ^ (whole >> 63)) << 1);
            return;
        }
        number(RAW);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            write((int) (bits >> shift));
        }
    }

    void text(@Nullable String value) {
        if (value == null) {
            number(0);
            return;
        }
        byte[] encoded = value.getBytes(UTF_8);
        number(encoded.length + 1L);
        write(encoded, 0, encoded.length);
    }

    void bytes(byte[] value) {
        number(value.length);
        write(value, 0, value.length);
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}
