package dev.vitals.health.monitor.page;

import java.time.Instant;
import java.util.List;

/**
 * What all pages have in common.
 *
 * @param title of the document, with the worst state first
 * @param tab the name of the page in the navigation; empty for none of them
 * @param tone of the icon of the document
 * @param now when the page was made
 * @param here path and query of the page
 * @param filter what is in the filter box
 * @param caller who looks
 * @param assets the path of style and script
 */
record Frame(
        String title, String tab, String tone, Instant now, String here, String filter, Caller caller, String assets) {
    /** A page of the navigation. */
    record Tab(String name, String path) {}

    static final List<Tab> TABS = List.of(
            new Tab("Now", "/"),
            new Tab("Hosts", "/hosts"),
            new Tab("Gates", "/gates"),
            new Tab("Incidents", "/incidents"),
            new Tab("Messages", "/messages"),
            new Tab("Silences", "/silences"),
            new Tab("Monitor", "/monitor"));

    /**
     * Who looks at a page.
     *
     * @param name of the user; empty without a session
     * @param csrf the token of the session; empty without one
     * @param operates whether it may acknowledge, silence, test
     * @param administers whether it may see people and tokens
     */
    record Caller(String name, String csrf, boolean operates, boolean administers) {
        boolean isKnown() {
            return !name.isEmpty();
        }
    }

    Frame titled(String other, String icon) {
        return new Frame(other, tab, icon, now, here, filter, caller, assets);
    }

    Frame filteredBy(String text) {
        return new Frame(title, tab, tone, now, here, text, caller, assets);
    }

    /** Returns the page that acts on the targets that match the filter. */
    String bulk() {
        return BulkPage.path(filter);
    }

    String time() {
        return Times.text(now, now);
    }

    String machineTime() {
        return Times.machine(now);
    }
}
