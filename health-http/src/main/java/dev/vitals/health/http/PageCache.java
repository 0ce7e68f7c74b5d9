package dev.vitals.health.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps the page of each route and format, for routes that exist only; a reader takes no lock. */
final class PageCache {
    private static final int MAX_ROUTES = 10_000;

    // What is asked most is found without a lookup.
    private final PageSlot health = new PageSlot();
    private final ConcurrentHashMap<Route, PageSlot> others = new ConcurrentHashMap<>();

    /** Returns the page that was made from this very source, or makes it; two readers may make it at once. */
    Page get(Route route, Format format, Object source, Supplier<Page> maker) {
        return (route.kind() == Route.Kind.HEALTH ? health : other(route)).get(format, source, maker);
    }

    private PageSlot other(Route route) {
        PageSlot known = others.get(route);
        if (known != null) {
            return known;
        }
        // Checks may come and go under ever new names; what is asked for again is made again.
        if (others.size() >= MAX_ROUTES) {
            others.clear();
        }
        return others.computeIfAbsent(route, key -> new PageSlot());
    }
}
