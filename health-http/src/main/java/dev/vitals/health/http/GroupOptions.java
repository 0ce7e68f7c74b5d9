package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of one group that differ from those of the endpoint. Not thread-safe. */
public final class GroupOptions {
    @Nullable
    Integer failureCode;

    @Nullable
    Integer warningCode;

    @Nullable
    DetailVisibility details;

    GroupOptions() {}

    /** The HTTP code of a failing report; from 400 to 599, default is the endpoint's. */
    public GroupOptions failureCode(int failureCode) {
        this.failureCode = Require.range("failureCode", failureCode, 400, 599);
        return this;
    }

    /** The HTTP code of a report that warns; 200, or from 400 to 599; default is the endpoint's. */
    public GroupOptions warningCode(int warningCode) {
        this.warningCode = HealthEndpointBuilder.requireWarningCode(warningCode);
        return this;
    }

    /** Who may see details; default is the endpoint's setting. */
    public GroupOptions details(DetailVisibility details) {
        this.details = Objects.requireNonNull(details, "details");
        return this;
    }
}
