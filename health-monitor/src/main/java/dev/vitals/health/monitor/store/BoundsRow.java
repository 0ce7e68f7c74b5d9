package dev.vitals.health.monitor.store;

import java.util.List;

/**
 * Where a token or a user holds, as text.
 *
 * @param appPrefix how the names of apps begin that may be registered; empty for all
 * @param addresses from which ranges of addresses it may be used; empty for all
 * @param selectors which targets may be changed, by their labels; empty for all
 */
public record BoundsRow(String appPrefix, List<String> addresses, List<String> selectors) {
    /** Copies the lists. */
    public BoundsRow {
        addresses = List.copyOf(addresses);
        selectors = List.copyOf(selectors);
    }
}
