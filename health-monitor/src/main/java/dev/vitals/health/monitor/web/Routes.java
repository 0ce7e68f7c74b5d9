package dev.vitals.health.monitor.web;

import java.util.List;

/** What one feature answers. */
@FunctionalInterface
public interface Routes {
    /** Returns the rows that this feature adds to the table. */
    List<Route> routes();
}
