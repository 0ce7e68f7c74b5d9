package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds settings that are allowed but probably unintended. Pure. */
final class Lint {
    /** How long a kubelet waits for a probe by default. */
    private static final Duration KUBELET_TIMEOUT = Duration.ofSeconds(1);

    private static final List<String> PROBED = List.of(Health.LIVE, Health.READY, Health.STARTUP);
    private static final Map<String, String> MISNAMED = Map.of(
            "liveness", Health.LIVE,
            "alive", Health.LIVE,
            "readiness", Health.READY,
            "started", Health.STARTUP);

    private Lint() {}

    static List<String> of(List<CheckDefinition> definitions) {
        List<String> findings = new ArrayList<>();
        definitions.forEach(definition -> look(definition, findings));
        // Empty groups live and startup make sense. An empty ready was probably forgotten, unless no check is there
        // yet.
        if (!definitions.isEmpty()) {
            lookAtGroups(definitions, findings);
        }
        return List.copyOf(findings);
    }

    private static void lookAtGroups(List<CheckDefinition> definitions, List<String> findings) {
        if (definitions.stream().noneMatch(definition -> definition.isIn(Health.READY))) {
            findings.add("group ready has no checks: /_health/ready always passes");
        }
        definitions.stream()
                .flatMap(definition -> definition.groups().stream())
                .distinct()
                .sorted()
                .filter(group -> definitions.stream().noneMatch(definition -> canFail(definition, group)))
                .forEach(group -> findings.add(
                        "group " + group + " has only checks that warn: /_health/" + group + " never fails"));
    }

    private static boolean canFail(CheckDefinition definition, String group) {
        return definition.isIn(group)
                && definition.critical(group)
                && (!definition.shared() || definition.sharedFor() != null);
    }

    private static void look(CheckDefinition definition, List<String> findings) {
        String check = "check " + definition.name() + ": ";
        // A check in memory never runs for long.
        if (!(definition.check() instanceof InMemoryCheck)) {
            lookAtTimes(definition, check, findings);
        }
        if (definition.remote() && definition.isIn(Health.LIVE)) {
            findings.add(check + "looks at something remote and is in live: an outage there restarts this process");
        }
        for (String group : definition.groups()) {
            String meant = meant(group);
            if (!group.equals(meant)) {
                findings.add(check + "group " + group + " is not group " + meant);
            }
        }
    }

    private static void lookAtTimes(CheckDefinition definition, String check, List<String> findings) {
        if (definition.interval().compareTo(definition.timeout()) < 0) {
            findings.add(check + "interval " + text(definition.interval()) + " is below timeout "
                    + text(definition.timeout()) + ": a slow run makes it miss its next start");
        }
        Duration least = definition.interval().plus(definition.timeout());
        if (definition.maxAge().compareTo(least) < 0) {
            findings.add(check + "max age " + text(definition.maxAge()) + " is below interval + timeout " + text(least)
                    + ": a slow run makes it UNKNOWN");
        }
        boolean slow = definition.timeout().compareTo(KUBELET_TIMEOUT) > 0;
        if (definition.onRequest() && slow && PROBED.stream().anyMatch(definition::isIn)) {
            findings.add(check + "runs on request with timeout " + text(definition.timeout()) + ", longer than the "
                    + text(KUBELET_TIMEOUT) + " that a kubelet waits");
        }
    }

    /** Returns the group that is probably meant, the same one if it is a good name. */
    private static String meant(String group) {
        for (String probed : PROBED) {
            if (probed.equalsIgnoreCase(group)) {
                return probed;
            }
        }
        for (Map.Entry<String, String> entry : MISNAMED.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(group)) {
                return entry.getValue();
            }
        }
        return group;
    }

    private static String text(Duration duration) {
        return DurationText.print(duration);
    }
}
