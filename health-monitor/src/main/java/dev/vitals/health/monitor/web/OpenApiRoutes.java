package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import java.util.ArrayList;
import java.util.List;

/** Shows the OpenAPI document of all routes, this one included. */
public final class OpenApiRoutes implements Routes {
    private static final String PATH = "/openapi.json";

    private final List<Route> others;
    private final String version;

    /** Describes these features. */
    public OpenApiRoutes(List<? extends Routes> features, String version) {
        this.others =
                features.stream().flatMap(feature -> feature.routes().stream()).toList();
        this.version = version;
    }

    @Override
    public List<Route> routes() {
        List<Route> all = new ArrayList<>(others);
        Route own = Route.get(
                PATH,
                Permission.PUBLIC,
                // The table does not change, so neither does the document.
                context -> context.contentType("application/json").result(document(all)),
                "Show this document");
        all.add(own);
        return List.of(own);
    }

    private byte[] document(List<Route> routes) {
        return OpenApi.document(routes, version);
    }
}
