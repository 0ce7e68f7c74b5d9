package dev.vitals.health.monitor.page;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last answer and the last good one of each target since the monitor started, and what differs. In memory only, one of each for
 * a target: of the last one its phases and at most {@link Evidence#KEPT} bytes of its body, of the good one its result without the
 * body. All bodies together have at most {@value #MAX_BYTES} bytes: beyond that, answers are kept
 * without them. Thread-safe.
 */
public final class LastAnswers implements RegistryListener {
    /** The bytes of all bodies together: 32 MiB, a tenth of what 100,000 targets need besides. */
    static final long MAX_BYTES = 32 * 1_024 * 1_024;

    private final AtomicLong bytes = new AtomicLong();
    private final Map<TargetId, PollResult> good = new ConcurrentHashMap<>();
    private final Map<TargetId, Evidence> last = new ConcurrentHashMap<>();
    private final Predicate<TargetId> known;

    /**
     * Keeps nothing at first.
     *
     * @param known tells whether a target is registered; no answer of another one stays
     */
    public LastAnswers(Predicate<TargetId> known) {
        this.known = known;
    }

    /**
     * Tells what of an answer is another one.
     *
     * @param name the part, such as the name of a component
     * @param before what it was in the good answer; empty if it was not there
     * @param now what it is; empty if it is not there any more
     */
    record Difference(String name, String before, String now) {}

    /** Returns a poller that polls by the other one, and keeps what came as the last answer of the target. */
    public Poller watching(Poller poller) {
        return new Poller() {
            @Override
            public void poll(Target target, Listener done) {
                poller.poll(target, (result, exchange) -> {
                    keep(target, result, exchange);
                    done.polled(result, exchange);
                });
            }

            @Override
            public void close() {
                poller.close();
            }
        };
    }

    void keep(Target target, PollResult result, @Nullable ExchangeResult exchange) {
        boolean room = bytes.get() + Evidence.KEPT <= MAX_BYTES;
        Evidence evidence = Evidence.of(target, result, exchange, room);
        if (evidence == null) {
            return;
        }
        bytes.addAndGet(evidence.bytes());
        count(last.put(target.id(), evidence));
        // In this order: a target that is removed meanwhile is forgotten either here or when the registry tells.
        if (!known.test(target.id())) {
            count(last.remove(target.id()));
        }
    }

    /** Notes that an answer is no longer kept. */
    private void count(@Nullable Evidence gone) {
        if (gone != null) {
            bytes.addAndGet(-gone.bytes());
        }
    }

    /** Returns the bytes of all bodies. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void recorded(Target target, PollResult result) {
        if (result.code() == Outcome.Code.OK) {
            good.put(target.id(), result);
        }
    }

    @Override
    public void unwatched(TargetId id) {
        good.remove(id);
        count(last.remove(id));
    }

    /** Returns the last good answer; null if there was none since the monitor started. */
    @Nullable
    PollResult good(TargetId id) {
        return good.get(id);
    }

    /** Returns the last answer as it came; null if there was none since the monitor started. */
    @Nullable
    Evidence last(TargetId id) {
        return last.get(id);
    }

    /** Returns the parts of the answers that differ, and components by their names. */
    static List<Difference> difference(PollResult before, PollResult now) {
        Map<String, String> old = parts(before);
        Map<String, String> current = parts(now);
        List<Difference> differences = new ArrayList<>();
        old.forEach((name, text) -> {
            String other = current.remove(name);
            if (!text.equals(other)) {
                differences.add(new Difference(name, text, other == null ? "" : other));
            }
        });
        current.forEach((name, text) -> differences.add(new Difference(name, "", text)));
        return differences;
    }

    private static Map<String, String> parts(PollResult result) {
        Map<String, String> parts = new LinkedHashMap<>();
        put(
                parts,
                "HTTP status",
                result.httpStatus() == null ? null : result.httpStatus().toString());
        put(parts, "result", result.code().name());
        put(parts, "message", result.message());
        put(parts, "release", result.releaseId());
        for (ComponentState component : result.components()) {
            parts.put("component " + component.name(), text(component));
        }
        return parts;
    }

    private static void put(Map<String, String> parts, String name, @Nullable String text) {
        if (text != null) {
            parts.put(name, text);
        }
    }

    private static String text(ComponentState component) {
        return component.status().word()
                + (value(component).isEmpty() ? "" : ", " + value(component))
                + (component.output() == null ? "" : ", " + component.output());
    }

    /** Returns the observed value with its unit; empty if there is none. */
    static String value(ComponentState component) {
        Double value = component.observedValue();
        if (value == null) {
            return "";
        }
        String number = Math.abs(value) < 1e9
                ? Chart.number(value)
                : new BigDecimal(value).toBigInteger().toString();
        return number + (component.observedUnit() == null ? "" : " " + component.observedUnit());
    }
}
