package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.util.List;

/** Reads the document of a registration. */
public final class RegistrationReader {
    private RegistrationReader() {}

    /**
     * Returns what is asked for.
     *
     * @throws InvalidFieldsException with all that is wrong
     */
    public static ProbeSettings read(Fields fields) {
        List<String> kinds = ProbeKind.of(Source.REGISTRATION);
        String kind = fields.text("kind", "one of " + String.join(", ", kinds), kinds::contains);
        // For a kind that is refused any will do: nothing is made of the document then.
        Probe probe = kind == null && fields.value("kind") != null
                ? PushProbe.INSTANCE
                : ProbeKind.read(kind == null ? HealthProbe.KIND : kind, fields, Source.REGISTRATION);
        RegistrationBuilder builder = new RegistrationBuilder(probe, fields.refusals());
        Duration interval = fields.seconds("interval", RegistrationLimits.INTERVAL);
        if (interval != null) {
            builder.interval(interval);
        }
        Duration timeout = fields.seconds("timeout", RegistrationLimits.TIMEOUT);
        if (timeout != null) {
            builder.timeout(timeout);
        }
        Integer unhealthy = fields.whole("unhealthy", RegistrationLimits.UNHEALTHY);
        if (unhealthy != null) {
            builder.unhealthy(unhealthy);
        }
        Integer healthy = fields.whole("healthy", RegistrationLimits.HEALTHY);
        if (healthy != null) {
            builder.healthy(healthy);
        }
        fields.texts("notify", RegistrationLimits.NOTIFY).forEach(builder::notify);
        fields.map("labels", RegistrationLimits.LABELS, RegistrationLimits.MAX_LABELS)
                .forEach((name, value) -> {
                    if (value instanceof String text) {
                        builder.label(name, text);
                    } else {
                        fields.refuse("labels." + name, value, RegistrationLimits.LABELS);
                    }
                });
        Duration lease = fields.seconds("lease", RegistrationLimits.LEASE);
        if (lease != null) {
            builder.lease(lease);
        }
        if (!fields.refusals().refused("kind")) {
            // Which fields there may be depends on the kind.
            fields.refuseOthers();
        }
        return builder.build();
    }
}
