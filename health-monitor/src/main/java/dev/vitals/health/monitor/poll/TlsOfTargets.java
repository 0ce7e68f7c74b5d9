package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Tls;
import dev.vitals.health.monitor.net.TlsSettings;
import java.util.concurrent.ConcurrentHashMap;

/** The TLS of targets that want another than the usual, made once for each way: sessions belong to them. Thread-safe. */
final class TlsOfTargets {
    private static final int MAX_KEPT = 1_000;

    private final ConcurrentHashMap<Tls, TlsSettings> made = new ConcurrentHashMap<>();

    TlsSettings of(Tls tls) {
        if (tls.equals(Tls.STANDARD)) {
            return TlsSettings.standard();
        }
        if (made.size() >= MAX_KEPT) {
            // Those of targets that are gone are among them; the others are made again.
            made.clear();
        }
        return made.computeIfAbsent(tls, TlsOfTargets::make);
    }

    private static TlsSettings make(Tls tls) {
        TlsSettings.Builder builder = TlsSettings.builder();
        Secret key = tls.key();
        if (tls.certificate() != null && key != null) {
            builder.identity(tls.certificate(), key.reveal());
        }
        if (tls.ca() != null) {
            builder.ca(tls.ca());
        }
        return tls.insecure() ? builder.insecure().build() : builder.build();
    }
}
