package dev.vitals.health.http;

import java.util.Map;
import java.util.function.Predicate;

/** Who is shown what, and with which code, group by group. Immutable. */
final class DetailPolicy {
    private final Map<String, GroupOptions> groups;
    private final int failureCode;
    private final DetailVisibility details;
    private final Predicate<HealthRequest> authorized;

    DetailPolicy(HealthEndpointBuilder builder) {
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
        DetailVisibility inForce = options == null || options.details == null ? details : options.details;
        return inForce == DetailVisibility.ALWAYS
                || (inForce == DetailVisibility.AUTHORIZED && authorized.test(request));
    }
}
