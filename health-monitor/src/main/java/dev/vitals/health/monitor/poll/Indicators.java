package dev.vitals.health.monitor.poll;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.indicator.DnsIndicator;
import dev.vitals.health.indicator.ExecIndicator;
import dev.vitals.health.indicator.ProcessIndicator;
import dev.vitals.health.indicator.TlsExpiryIndicator;
import dev.vitals.health.monitor.model.DnsProbe;
import dev.vitals.health.monitor.model.ExecProbe;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProcessProbe;
import dev.vitals.health.monitor.model.TlsProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** The indicators that the probes of some kinds stand for, and what their outcomes mean. */
final class Indicators {
    private Indicators() {}

    static HealthCheck of(Probe probe, Duration timeout) throws GeneralSecurityException, IOException {
        if (probe instanceof ProcessProbe process) {
            return ProcessIndicator.of(Path.of(process.path()));
        }
        if (probe instanceof ExecProbe exec) {
            return ExecIndicator.of(exec.command())
                    .expectedExit(exec.expectedExit())
                    .ownGroup()
                    .timeout(timeout);
        }
        if (probe instanceof DnsProbe dns) {
            DnsIndicator any = DnsIndicator.of(dns.name());
            return dns.expectedAddresses().isEmpty()
                    ? any
                    : any.expectedAddresses(dns.expectedAddresses().toArray(String[]::new));
        }
        if (probe instanceof TlsProbe tls) {
            return of(tls, timeout);
        }
        throw new IllegalArgumentException("probe must be one with an indicator, was " + probe.kind());
    }

    private static HealthCheck of(TlsProbe tls, Duration timeout) throws GeneralSecurityException, IOException {
        // The warning first where it lies above the failing limit that is set already.
        TlsExpiryIndicator indicator = TlsExpiryIndicator.of(tls.host(), tls.port())
                .failBefore(Duration.ZERO)
                .warnBefore(Duration.ofDays(tls.warnDays()))
                .failBefore(Duration.ofDays(tls.failDays()))
                .timeout(timeout);
        return tls.ca() == null ? indicator : indicator.trust(TrustStore.trusted(tls.ca()));
    }

    /** What a command has printed stands behind the message: without it, nobody could tell why it failed. */
    static Judgement reading(Outcome outcome) {
        String message = outcome.message().orElse(null);
        Object output = outcome.data().get("output");
        if (outcome.code() == Outcome.Code.OK) {
            return new Judgement(outcome.code(), null, List.of());
        }
        String said = message == null ? outcome.code().name() : message;
        return new Judgement(outcome.code(), Text.line(output == null ? said : said + ": " + output), List.of());
    }
}
