package dev.vitals.health.monitor.poll;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.model.ServiceProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent says of a service: the boolean decides, and without one the service is not healthy. Pure. */
final class ServiceJudge {
    private static final int NOT_FOUND = 404;

    private ServiceJudge() {}

    static Judgement judge(ServiceProbe probe, int status, BoundedBody body) {
        String trouble = trouble(probe, status, body);
        return trouble == null
                ? new Judgement(Outcome.Code.OK, null, List.of())
                : new Judgement(Outcome.Code.ERROR, trouble, List.of());
    }

    private static @Nullable String trouble(ServiceProbe probe, int status, BoundedBody body) {
        if (status == NOT_FOUND) {
            return "the agent knows no service " + probe.service();
        }
        if (status / 100 != 2) {
            return "the agent answered " + status;
        }
        JsonNode root = HttpJudge.json(body);
        if (root == null) {
            return "the agent answered " + status + " with a body that is not JSON";
        }
        JsonNode healthy = root.at(JsonPointer.compile(probe.pointer()));
        if (!healthy.isBoolean()) {
            String what = healthy.isMissingNode() ? "nothing" : Require.shown(healthy.toString());
            return "the agent answered with " + what + " at " + probe.pointer() + ", expected true or false";
        }
        return healthy.booleanValue() ? null : "the agent says that " + probe.service() + " is not healthy";
    }
}
