package dev.vitals.health.http;

import java.util.EnumMap;
import java.util.function.Supplier;

/** Keeps, for each format, the page of one route that was made last, until its source has changed. A reader takes no lock. */
final class PageSlot {
    // Never changed once it is seen. Of two that are put at once one may get lost, and is made again.
    private volatile EnumMap<Format, Made> byFormat = new EnumMap<>(Format.class);

    private record Made(Object source, Page page) {}

    /** Returns the page that was made from this very source, or makes it; two readers may make it at once. */
    Page get(Format format, Object source, Supplier<Page> maker) {
        Made made = byFormat.get(format);
        return made != null && made.source() == source ? made.page() : make(format, source, maker);
    }

    private Page make(Format format, Object source, Supplier<Page> maker) {
        Made made = new Made(source, maker.get());
        EnumMap<Format, Made> all = new EnumMap<>(byFormat);
        all.put(format, made);
        byFormat = all;
        return made.page();
    }
}
