package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one group is answered, where it differs from the endpoint. Not thread-safe. */
public final class GroupOptions {
    @Nullable
    Integer failureCode;

    @Nullable
    DetailVisibility details;

    GroupOptions() {}

    /** The HTTP code at fail; default is the endpoint's, from 400 to 599. */
    public GroupOptions failureCode(int failureCode) {
        this.failureCode = Require.range("failureCode", failureCode, 400, 599);
        return this;
    }

    /** Who may see details; default is as the endpoint says. */
    public GroupOptions details(DetailVisibility details) {
        this.details = Objects.requireNonNull(details, "details");
        return this;
    }
}
