package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.TargetId;
import io.javalin.http.Context;

/** Paths that several features use, and the names in them. Throws a problem that lists each name that is invalid. */
public final class Paths {
    static final String TARGETS = "/api/v1/targets";
    static final String TARGET = "/api/v1/targets/{app}/{instance}";

    private Paths() {}

    /** Returns the target that {@code {app}/{instance}} names. */
    public static TargetId target(Context context) {
        return named(context, "app", "instance");
    }

    /** Returns the host check that {@code {host}/checks/{check}} names. */
    public static TargetId check(Context context) {
        return named(context, "host", "check");
    }

    /** Returns the host that {@code {host}} names. */
    public static String host(Context context) {
        FieldErrors errors = new FieldErrors();
        String host = name(context, "host", errors);
        errors.check();
        return host;
    }

    private static TargetId named(Context context, String first, String second) {
        FieldErrors errors = new FieldErrors();
        String one = name(context, first, errors);
        String other = name(context, second, errors);
        errors.check();
        return new TargetId(one, other);
    }

    private static String name(Context context, String field, FieldErrors errors) {
        String name = context.pathParam(field);
        errors.unless(TargetId.isName(name), field, name, TargetId.BOUND);
        return name;
    }
}
