package dev.vitals.health.http;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.vitals.health.CheckResult;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps what is shown of each check until it has another result: when one has, the others need not be written again. A
 * reader takes no lock.
 */
final class MemberCache {
    private static final int MAX_CHECKS = 10_000;

    private final ConcurrentHashMap<String, Made> byName = new ConcurrentHashMap<>();
    private final Function<CheckResult, SerializedString> maker;

    private record Made(CheckResult result, SerializedString members) {}

    MemberCache(Function<CheckResult, SerializedString> maker) {
        this.maker = maker;
    }

    /** Returns what was made from this very result, or makes it; two readers may make it at once. */
    SerializedString get(CheckResult result) {
        Made made = byName.get(result.name());
        if (made == null || made.result() != result) {
            if (made == null && byName.size() >= MAX_CHECKS) {
                // Checks may come and go under ever new names; what is asked for again is made again.
                byName.clear();
            }
            made = new Made(result, maker.apply(result));
            byName.put(result.name(), made);
        }
        return made.members();
    }
}
