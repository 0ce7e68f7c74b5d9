package dev.vitals.health.monitor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.State;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.web.EventStreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the table of targets. A row is made once for each change of what it shows; its bytes go to every page and to every
 * stream. Viewers get what changed, at most four times a second. Thread-safe.
 */
public final class Board implements RegistryListener {
    private static final Logger log = LoggerFactory.getLogger(Board.class);
    private static final Executor WORKERS = Threads.workers("monitor-pages-");
    static final Duration BATCH = Duration.ofMillis(250);
    private static final Duration ALIVE = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    // Of each second, spent on rows whose history has grown old: a twentieth of a core at most.
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    // What a page may wait for; other rows show what was read before, and are sent again soon.
    private static final int MAX_READS = 50;
    private static final int MIN_RETRY_MILLIS = 1_000;
    private static final int SPREAD_RETRY_MILLIS = 2_000;

    private final Registry registry;
    private final RowHistory history;
    private final Suppressions suppressions;
    private final InstantSource clock;
    private final EventStreams streams = new EventStreams();
    private final Map<TargetId, Made> rows = new ConcurrentHashMap<>();
    // Used by whoever has set refreshing.
    private final Deque<TargetId> old = new ArrayDeque<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    // Batches that are due or being sent.
    private final AtomicInteger due = new AtomicInteger();
    // What happened since the last batch.
    private final Set<TargetId> changed = ConcurrentHashMap.newKeySet();
    private final Set<TargetId> polled = ConcurrentHashMap.newKeySet();
    private final Set<TargetId> gone = ConcurrentHashMap.newKeySet();

    /** Makes the rows of that registry. */
    public Board(
            Registry registry,
            History history,
            MaintenancePlan maintenance,
            Suppressions suppressions,
            InstantSource clock) {
        this.registry = registry;
        this.history = new RowHistory(history, maintenance);
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** A row as it was made: with marks where its ages come. */
    private record Made(Row row, String html) {}

    /** A row with the age of its evidence. */
    record Shown(Row row, String html) {}

    /** Begins to send batches. */
    public List<Scheduler.Cancellation> start(Scheduler scheduler) {
        suppressions.onChange(() -> registry.each(watched -> polled.add(watched.id())));
        return List.of(
                scheduler.repeat(this::batch, BATCH),
                scheduler.repeat(() -> refresh(scheduler), REFRESH),
                scheduler.repeat(streams::keepAlive, ALIVE));
    }

    EventStreams streams() {
        return streams;
    }

    /** Returns the first bytes of a stream: when to come back if it breaks, not all at once. */
    static byte[] first(double random) {
        int millis = MIN_RETRY_MILLIS + (int) (random * SPREAD_RETRY_MILLIS);
        return ("retry: " + millis + "\n\n").getBytes(UTF_8);
    }

    @Override
    public void changed(Change change) {
        history.outdate(change.target());
        changed.add(change.target());
    }

    @Override
    public void recorded(Target target, PollResult result) {
        if (streams.viewers() > 0) {
            polled.add(target.id());
        }
    }

    @Override
    public void watched(Target target) {
        changed.add(target.id());
    }

    @Override
    public void unwatched(TargetId id) {
        rows.remove(id);
        history.remove(id);
        gone.add(id);
    }

    /** Returns the rows of these targets. Waits for the history of the first ones only. */
    List<Shown> rows(List<WatchedTarget> targets) {
        Instant now = clock.instant();
        List<Suppressed.Active> active = suppressions.active(now);
        List<Shown> shown = new ArrayList<>(targets.size());
        int reads = MAX_READS;
        for (WatchedTarget watched : targets) {
            if (reads > 0 && history.isOld(watched.id(), now)) {
                read(watched, now);
                reads--;
            }
            shown.add(shown(made(watched, active, now), watched, now));
        }
        return shown;
    }

    private Made made(WatchedTarget watched, List<Suppressed.Active> active, Instant now) {
        TargetId id = watched.id();
        RowHistory.Past past = history.known(id);
        Row row = new Row(
                id.toString(),
                watched.state().state(),
                watched.state().since(),
                why(watched),
                marks(watched.target(), active, now),
                past.day(),
                past.p95(),
                List.copyOf(watched.target().labels().values()));
        Made known = rows.get(id);
        if (known != null && known.row().equals(row)) {
            return known;
        }
        // The end of a cell and of a row may be left out (HTML Standard, section 13.1.2.4), and there are thousands of
        // them.
        String html = Pages.text(out -> JterowGenerated.render(out, null, row))
                .replace("</td>", "")
                .replace("</tr>", "")
                .strip();
        Made made = new Made(row, html);
        rows.put(id, made);
        forgetIfGone(id);
        return made;
    }

    private void read(WatchedTarget watched, Instant now) {
        history.read(watched, now);
        forgetIfGone(watched.id());
    }

    /** Called after something was kept: a target that is removed meanwhile is forgotten here or when the registry tells. */
    private void forgetIfGone(TargetId id) {
        if (registry.target(id).isEmpty()) {
            rows.remove(id);
            history.remove(id);
        }
    }

    private static String why(WatchedTarget watched) {
        TargetState state = watched.state();
        if (state.state() == State.HEALTHY) {
            return "";
        }
        PollResult last = state.lastResult();
        boolean recovers = state.state() != State.UNKNOWN && last != null && last.code() == Outcome.Code.OK;
        // "UNHEALTHY: answered 200" would puzzle everybody.
        return recovers ? "recovers: " + state.why() : state.why();
    }

    private static List<Row.Mark> marks(Target target, List<Suppressed.Active> active, Instant now) {
        List<Row.Mark> marks = new ArrayList<>();
        Suppressed.of(active, target).ifPresent(suppressed -> {
            mark(marks, suppressed.maintenance(), Tone.WORK, "in maintenance until ", now);
            mark(marks, suppressed.silence(), "mute", "silenced until ", now);
        });
        return marks;
    }

    private static void mark(
            List<Row.Mark> marks, Suppressed.@Nullable Active suppression, String icon, String meaning, Instant now) {
        if (suppression != null) {
            marks.add(new Row.Mark(icon, meaning + Times.text(suppression.until(), now) + " UTC"));
        }
    }

    private static Shown shown(Made made, WatchedTarget watched, Instant now) {
        PollResult last = watched.state().lastResult();
        String html = made.html()
                .replace(Row.SINCE, age(watched.state().since(), now))
                .replace(Row.AGE, age(last == null ? null : last.time(), now));
        return new Shown(made.row(), html);
    }

    private static String age(@Nullable Instant time, Instant now) {
        String age = time == null
                ? "-"
                : "<time datetime=\"" + Times.machine(time) + "\">" + Times.ago(time, now) + "</time>";
        return "<td>" + age;
    }

    /** Sends what changed since the last time; one batch at a time, on a thread that may wait for the store. */
    private void batch() {
        if (streams.viewers() == 0) {
            changed.clear();
            polled.clear();
            gone.clear();
        } else if (due.getAndIncrement() == 0) {
            WORKERS.execute(this::sendAll);
        }
    }

    /** Sends as long as another batch became due meanwhile: then something may have changed that the one before had not. */
    private void sendAll() {
        int seen = due.get();
        do {
            try {
                send();
            } catch (RuntimeException e) {
                log.warn("the pages were not told of a change; their readers see it when they load them again", e);
            }
            seen = due.addAndGet(-seen);
        } while (seen > 0);
    }

    private void send() {
        Instant now = clock.instant();
        List<Suppressed.Active> active = suppressions.active(now);
        Set<TargetId> moved = taken(changed);
        Set<TargetId> looked = taken(polled);
        looked.addAll(moved);
        StringBuilder html = new StringBuilder();
        StringBuilder seen = new StringBuilder();
        for (TargetId id : looked) {
            WatchedTarget watched = registry.target(id).orElse(null);
            if (watched == null) {
                continue;
            }
            if (moved.contains(id)) {
                read(watched, now);
            }
            Made before = rows.get(id);
            Made made = made(watched, active, now);
            PollResult last = watched.state().lastResult();
            if (!made.equals(before) || moved.contains(id)) {
                html.append(shown(made, watched, now).html()).append('\n');
            } else if (last != null) {
                seen.append(id).append(' ').append(last.time().getEpochSecond()).append('\n');
            }
        }
        String left = taken(gone).stream().map(TargetId::toString).collect(Collectors.joining("\n"));
        String events = event("gone", left) + event("rows", html.toString()) + event("seen", seen.toString());
        if (!events.isEmpty()) {
            streams.send(events);
        }
    }

    private static String event(String name, String data) {
        return data.isEmpty() ? "" : EventStreams.event(name, data.strip());
    }

    /** Reads the history of rows again that is old, one after the other, so that no page has to. */
    private void refresh(Scheduler scheduler) {
        if (refreshing.compareAndSet(false, true)) {
            WORKERS.execute(() -> {
                try {
                    readOld(scheduler);
                } catch (RuntimeException e) {
                    log.warn("the history of the rows was not read; they show an older one", e);
                } finally {
                    refreshing.set(false);
                }
            });
        }
    }

    private void readOld(Scheduler scheduler) {
        Instant now = clock.instant();
        if (old.isEmpty()) {
            registry.each(watched -> {
                if (history.isOld(watched.id(), now)) {
                    old.add(watched.id());
                }
            });
        }
        long start = scheduler.nanoTime();
        while (!old.isEmpty() && scheduler.nanoTime() - start < REFRESH_NANOS) {
            TargetId id = old.remove();
            registry.target(id).filter(watched -> history.isOld(id, now)).ifPresent(watched -> {
                read(watched, now);
                polled.add(id);
            });
        }
    }

    private static Set<TargetId> taken(Set<TargetId> from) {
        Set<TargetId> taken = new LinkedHashSet<>(from);
        from.removeAll(taken);
        return taken;
    }
}
