package dev.vitals.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds settings that are allowed and yet are hardly meant. Pure. */
final class Lint {
    /** What a kubelet waits for a probe, unless its configuration says otherwise. */
    private static final Duration KUBELET_TIMEOUT = Duration.ofSeconds(1);

    private Lint() {}

    static List<String> of(List<CheckDefinition> definitions) {
        List<String> findings = new ArrayList<>();
        boolean ready = definitions.isEmpty();
        for (CheckDefinition definition : definitions) {
            look(definition, findings);
            ready |= definition.isIn(Snapshot.READY);
        }
        // An empty live or startup is sound; an empty ready is nearly always forgotten.
        if (!ready) {
            findings.add("group ready has no checks: /_health/ready always passes");
        }
        return List.copyOf(findings);
    }

    private static void look(CheckDefinition definition, List<String> findings) {
        String check = "check " + definition.name() + ": ";
        if (definition.interval().compareTo(definition.timeout()) < 0) {
            findings.add(check + "interval " + definition.interval() + " is below timeout " + definition.timeout()
                    + ": a slow run makes it miss its next start");
        }
        Duration least = definition.interval().plus(definition.timeout());
        if (definition.maxAge().compareTo(least) < 0) {
            findings.add(check + "max age " + definition.maxAge() + " is below interval + timeout " + least
                    + ": a slow run makes it UNKNOWN");
        }
        if (definition.remote() && definition.groups().contains(Snapshot.LIVE)) {
            findings.add(check + "looks at something remote and is in live: an outage there restarts this process");
        }
        boolean slow = definition.timeout().compareTo(KUBELET_TIMEOUT) > 0;
        if (definition.onRequest() && slow && asked(definition.groups())) {
            findings.add(check + "runs on request with timeout " + definition.timeout() + ", longer than the "
                    + KUBELET_TIMEOUT + " that a kubelet waits");
        }
    }

    private static boolean asked(Set<String> groups) {
        return groups.contains(Snapshot.LIVE) || groups.contains(Snapshot.READY) || groups.contains(Snapshot.STARTUP);
    }
}
