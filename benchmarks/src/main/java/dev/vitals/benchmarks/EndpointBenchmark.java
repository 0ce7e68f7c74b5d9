package dev.vitals.benchmarks;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one probe without a server. The checks run in the background. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EndpointBenchmark {
    @Param({"5", "500"})
    int checks;

    @Param({"/_ping", "/_health", "/_health/ready", "/_system/check", "/_system/check/check-3"})
    String path = "";

    @Param({"none", "several"})
    String accept = "";

    private Health health = Health.builder().start();
    private HealthEndpoint endpoint = HealthEndpoint.of(health);
    private Probe probe = new Probe("", null);

    @Setup(Level.Trial)
    public void start() throws InterruptedException {
        health.close();
        health = Checks.trivial(checks, options -> options.groups("ready").initialDelay(Duration.ZERO))
                .start();
        endpoint = HealthEndpoint.of(health);
        // The Accept header of Consul.
        probe = new Probe(path, accept.equals("none") ? null : "text/plain, text/*, */*");
        Checks.awaitPass(health);
    }

    @TearDown(Level.Trial)
    public void stop() {
        health.close();
    }

    @Benchmark
    public HealthResponse handle() {
        return endpoint.handle(probe);
    }
}
