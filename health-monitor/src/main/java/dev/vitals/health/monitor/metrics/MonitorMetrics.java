package dev.vitals.health.monitor.metrics;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.micrometer.HealthMetrics;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.message.ChannelHealth;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that Prometheus scrapes: the monitor's own checks, polls by outcome, the delay of poll starts, the number of
 * targets in each state, the status of each target, open incidents and messages that wait. A scrape starts no poll and no check. Thread-safe.
 */
public final class MonitorMetrics implements AutoCloseable {
    private static final String CHANNEL = "channel";
    private static final Duration[] LATENCIES = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Outcome.Code, Timer> polls = new EnumMap<>(Outcome.Code.class);
    private final Registry registry;
    private final MultiGauge byState;
    private final MultiGauge openIncidents;
    private final MultiGauge waiting;
    private final MultiGauge refused;
    private volatile @Nullable Incidents incidents;
    private volatile @Nullable ChannelHealth channels;

    /** Creates the meters of a registry. */
    public MonitorMetrics(Registry registry) {
        this.registry = registry;
        for (Outcome.Code code : Outcome.Code.values()) {
            polls.put(
                    code,
                    Timer.builder("vitals.monitor.poll")
                            .description("Finished polls by their outcome")
                            .tag("outcome", code.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(LATENCIES)
                            .register(meters));
        }
        byState = MultiGauge.builder("vitals.monitor.targets")
                .description("Number of targets in each state")
                .register(meters);
        openIncidents = MultiGauge.builder("vitals.monitor.incidents.open")
                .description("Number of open incidents by the kind of their cause")
                .register(meters);
        waiting = MultiGauge.builder("vitals.monitor.messages.waiting")
                .description("Number of messages that a channel has not accepted yet, up to 30 s ago")
                .register(meters);
        refused = MultiGauge.builder("vitals.monitor.messages.refused")
                .description("Number of messages that a channel refused, up to 30 s ago")
                .register(meters);
        Gauge.builder("vitals.monitor.backlog", registry, Registry::backlog)
                .description("Fill level of the queue of results to store, from 0 to 1")
                .register(meters);
        meters.getPrometheusRegistry().register(new TargetMetrics(registry::targets));
    }

    /** Adds the delay of poll starts, and the number of active polls. */
    public void bind(PollSchedule schedule) {
        TimeGauge.builder(
                        "vitals.monitor.lag",
                        schedule,
                        TimeUnit.NANOSECONDS,
                        source -> source.lag().toNanos())
                .description("Greatest delay of the start of a poll in the last seconds")
                .register(meters);
        Gauge.builder("vitals.monitor.polls.active", schedule, PollSchedule::activePolls)
                .description("Polls in progress")
                .register(meters);
    }

    /** Adds the open incidents by what their cause is, and for each channel what waits for it and what it refused. */
    public void bind(Incidents source, ChannelHealth health) {
        incidents = source;
        channels = health;
    }

    /** Adds the monitor's own checks. */
    public void bind(Health health) {
        HealthMetrics.of(health).bindTo(meters);
    }

    /** Counts a finished poll. */
    public void polled(PollResult result) {
        Objects.requireNonNull(polls.get(result.code())).record(result.latency().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns all values in the Prometheus text format, version 0.0.4. */
    public String scrape() {
        Map<State, Long> counts = registry.targets().stream()
                .collect(Collectors.groupingBy(watched -> watched.state().state(), Collectors.counting()));
        byState.register(
                rows(
                        Stream.of(State.values()),
                        "state",
                        state -> state.name().toLowerCase(Locale.ROOT),
                        state -> counts.getOrDefault(state, 0L)),
                true);
        scrape(incidents);
        scrape(channels);
        return meters.scrape();
    }

    private void scrape(@Nullable Incidents source) {
        if (source != null) {
            Map<Cause.Kind, Long> open = source.open().stream()
                    .collect(Collectors.groupingBy(one -> one.cause().kind(), Collectors.counting()));
            openIncidents.register(
                    rows(
                            Stream.of(Cause.Kind.values()),
                            "cause",
                            Cause.Kind::word,
                            kind -> open.getOrDefault(kind, 0L)),
                    true);
        }
    }

    private void scrape(@Nullable ChannelHealth health) {
        if (health != null) {
            List<ChannelHealth.Status> latest = health.latest();
            waiting.register(
                    rows(latest.stream(), CHANNEL, ChannelHealth.Status::channel, ChannelHealth.Status::waiting), true);
            refused.register(
                    rows(latest.stream(), CHANNEL, ChannelHealth.Status::channel, ChannelHealth.Status::refused), true);
        }
    }

    private static <T> List<MultiGauge.Row<?>> rows(
            Stream<T> all, String tag, Function<T, String> name, ToLongFunction<T> value) {
        return all.<MultiGauge.Row<?>>map(
                        one -> MultiGauge.Row.of(Tags.of(tag, name.apply(one)), value.applyAsLong(one)))
                .toList();
    }

    @Override
    public void close() {
        meters.close();
    }
}
