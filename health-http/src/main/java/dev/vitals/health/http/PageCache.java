package dev.vitals.health.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps, for each route and format, the page that was made last, until its source has changed. Holds one page a route
 * and format, for routes that exist only; a reader takes no lock.
 */
final class PageCache {
    private static final int MAX_ROUTES = 10_000;

    private final ConcurrentHashMap<Route, ConcurrentHashMap<Format, Made>> pages = new ConcurrentHashMap<>();

    private record Made(Object source, Page page) {}

    /** Returns the page that was made from this very source, or makes it; two readers may make it at once. */
    Page get(Route route, Format format, Object source, Supplier<Page> maker) {
        ConcurrentHashMap<Format, Made> ofRoute = pages.get(route);
        if (ofRoute == null) {
            forgetIfFull();
            ofRoute = pages.computeIfAbsent(route, key -> new ConcurrentHashMap<>());
        }
        Made made = ofRoute.get(format);
        if (made == null || made.source() != source) {
            made = new Made(source, maker.get());
            ofRoute.put(format, made);
        }
        return made.page();
    }

    // Checks may come and go under ever new names; what is asked for again is made again.
    private void forgetIfFull() {
        if (pages.size() >= MAX_ROUTES) {
            pages.clear();
        }
    }
}
