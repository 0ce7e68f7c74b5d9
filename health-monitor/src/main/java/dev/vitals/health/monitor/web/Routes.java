package dev.vitals.health.monitor.web;

import java.util.List;

/** A feature of the HTTP API. */
@FunctionalInterface
public interface Routes {
    /** Returns the routes of this feature. */
    List<Route> routes();
}
