package dev.vitals.health.http;

import java.util.Map;
import java.util.function.Predicate;

/** Who is shown what, and with which code, group by group. Immutable. */
final class Audience {
    private final Map<String, GroupOptions> groups;
    private final int failureCode;
    private final Details details;
    private final Predicate<HealthRequest> authorized;

    Audience(HealthEndpointBuilder builder) {
        groups = Map.copyOf(builder.groups);
        failureCode = builder.failureCode;
        details = builder.details;
        authorized = builder.authorized;
    }

    int failureCode(String group) {
        GroupOptions options = groups.get(group);
        return options == null || options.failureCode == null ? failureCode : options.failureCode;
    }

    boolean mayHaveDetails(HealthRequest request, String group) {
        GroupOptions options = groups.get(group);
        Details inForce = options == null || options.details == null ? details : options.details;
        return inForce == Details.ALWAYS || (inForce == Details.AUTHORIZED && authorized.test(request));
    }
}
