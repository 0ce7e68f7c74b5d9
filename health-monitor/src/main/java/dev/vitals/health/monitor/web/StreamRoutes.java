package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Answers requests to the paths of WebSockets that do not ask to open one. */
public final class StreamRoutes implements Routes {
    /** The WebSocket of events. */
    static final String EVENTS = "/ws";

    /** The WebSocket of measurements. */
    static final String METRICS = "/api/ws/metrics";

    /** Says what is served elsewhere. */
    public StreamRoutes() {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(EVENTS, Permission.VIEW, this::refuse, "Open a WebSocket that sends all events"),
                Route.get(METRICS, Permission.VIEW, this::refuse, "Open a WebSocket that sends samples of devices"));
    }

    private void refuse(Context context) {
        new Problem(
                        426,
                        "this path is a WebSocket: open it with the header Upgrade: websocket",
                        Map.of("Upgrade", "websocket", "Connection", "Upgrade"),
                        List.of())
                .write(context);
    }
}
