package dev.vitals.health.monitor.model;

import java.time.Duration;

/** Reads the document of a registration. */
public final class RegistrationReader {
    private RegistrationReader() {}

    /**
     * Returns what is asked for.
     *
     * @throws InvalidFieldsException with all that is wrong
     */
    public static Settings read(Fields fields) {
        String url = fields.required("url", Bounds.URL, any -> true);
        RegistrationBuilder builder = new RegistrationBuilder(url, fields.refusals());
        String healthPath = fields.text("healthPath", Bounds.HEALTH_PATH);
        if (healthPath != null) {
            builder.healthPath(healthPath);
        }
        Duration interval = fields.seconds("interval", Bounds.INTERVAL);
        if (interval != null) {
            builder.interval(interval);
        }
        Duration timeout = fields.seconds("timeout", Bounds.TIMEOUT);
        if (timeout != null) {
            builder.timeout(timeout);
        }
        Integer unhealthy = fields.whole("unhealthy", Bounds.UNHEALTHY);
        if (unhealthy != null) {
            builder.unhealthy(unhealthy);
        }
        Integer healthy = fields.whole("healthy", Bounds.HEALTHY);
        if (healthy != null) {
            builder.healthy(healthy);
        }
        fields.texts("notify", Bounds.NOTIFY).forEach(builder::notify);
        fields.map("labels", Bounds.LABELS, Bounds.MAX_LABELS).forEach((name, value) -> {
            if (value instanceof String text) {
                builder.label(name, text);
            } else {
                fields.refuse("labels." + name, value, Bounds.LABELS);
            }
        });
        Duration lease = fields.seconds("lease", Bounds.LEASE);
        if (lease != null) {
            builder.lease(lease);
        }
        fields.refuseOthers();
        return builder.build();
    }
}
