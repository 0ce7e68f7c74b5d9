package dev.vitals.health.monitor.probe;

import java.nio.charset.Charset;

/**
 * Text that this process can hand to the system: arguments of commands and names of files. In the locale C, the JVM hands over
 * a question mark for each character outside of ASCII, without a word.
 */
public final class NativeText {
    private static final Charset CHARSET = charset();

    private NativeText() {}

    private static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding", "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** Returns the encoding of the locale of this process. */
    public static Charset encoding() {
        return CHARSET;
    }

    /** Returns whether text in that encoding keeps all its characters. */
    static boolean fits(String text, Charset encoding) {
        return encoding.newEncoder().canEncode(text);
    }

    /** Returns what a text must be that does not fit. */
    static String bound(Charset encoding) {
        return "of characters that the locale of the monitor has (" + encoding + "); start it with LC_ALL=C.UTF-8";
    }
}
