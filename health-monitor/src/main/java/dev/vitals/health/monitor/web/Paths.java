package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.TargetId;
import io.javalin.http.Context;
import java.util.List;

/** The paths of the API, and the names in them. */
final class Paths {
    static final String INSTANCE = "/api/v1/instances/{app}/{instance}";
    static final String TARGETS = "/api/v1/targets";
    static final String TARGET = "/api/v1/targets/{app}/{instance}";
    static final String GATES = "/api/v1/gates";
    static final String GATE = "/api/v1/gates/{id}";
    static final String GATE_EVENTS = "/api/v1/gates/{id}/events";
    static final String MAINTENANCE = "/api/v1/maintenance";
    static final String SILENCES = "/api/v1/silences";

    static final String RESULTS = TARGET + "/results";
    static final String ROLLUPS = TARGET + "/rollups";
    static final String UPTIME = TARGET + "/uptime";
    static final String CHANGES = TARGET + "/changes";
    static final String SERIES = TARGET + "/series";
    static final String HOSTS = "/api/v1/hosts";
    static final String HOST_CHECKS = "/api/v1/hosts/{host}/checks";
    static final String HOST_CHECK = "/api/v1/hosts/{host}/checks/{check}";
    static final String HOST_CHECK_TEST = "/api/v1/hosts/{host}/checks/{check}/test";
    static final String PUSH = "/api/v1/push/{app}/{instance}";
    static final String CONFIG_FILE = "/api/v1/config/file";
    static final String CONFIG_RELOAD = "/api/v1/config/reload";

    private Paths() {}

    /** Returns the target named by the path, or throws a problem that names each name that is none. */
    static TargetId target(Context context) {
        return named(context, "app", "instance");
    }

    /** Returns the check named by the path, in the same way. */
    static TargetId check(Context context) {
        return named(context, "host", "check");
    }

    /** Returns the host named by the path, in the same way. */
    static String host(Context context) {
        String host = context.pathParam("host");
        if (!TargetId.isName(host)) {
            throw refused(new FieldError("host", host, TargetId.BOUND));
        }
        return host;
    }

    private static TargetId named(Context context, String first, String second) {
        FieldErrors refusals = new FieldErrors();
        for (String field : List.of(first, second)) {
            String name = context.pathParam(field);
            refusals.unless(TargetId.isName(name), field, name, TargetId.BOUND);
        }
        refusals.check();
        return new TargetId(context.pathParam(first), context.pathParam(second));
    }

    static String of(TargetId id) {
        return TARGETS + "/" + id;
    }

    static ProblemException refused(FieldError... errors) {
        return refused(List.of(errors));
    }

    static ProblemException refused(List<FieldError> errors) {
        return Problem.badFields(errors).exception();
    }
}
