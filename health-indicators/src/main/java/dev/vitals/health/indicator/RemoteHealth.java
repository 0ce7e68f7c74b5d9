package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Require;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** An answer in {@code application/health+json}: counts by the status that it tells. */
final class RemoteHealth {
    private static final String MEDIA_TYPE = "application/health+json";

    private RemoteHealth() {}

    static boolean isIn(HttpHeaders headers) {
        String type = headers.firstValue("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        return type.equals(MEDIA_TYPE) || type.startsWith(MEDIA_TYPE + ";") || type.startsWith(MEDIA_TYPE + " ");
    }

    /** Returns the worse of what was seen otherwise and of what the document says. */
    static Outcome worse(Outcome seen, String answered, BoundedBody body) {
        Outcome told = judge(answered, body);
        if (told.code() == Outcome.Code.ERROR) {
            boolean unreadable = told.data().isEmpty();
            return unreadable && seen.code() == Outcome.Code.ERROR ? seen : told;
        }
        return seen.code() == Outcome.Code.OK ? told : seen.with(told.data());
    }

    private static Outcome judge(String answered, BoundedBody body) {
        if (body.cut()) {
            return Outcome.error(answered + " with a health document of more than " + HttpExpectation.MAX_BODY_BYTES
                    + " bytes, which is not read");
        }
        return HealthDocument.parse(body.bytes())
                .map(document -> judge(answered, document))
                .orElseGet(() -> Outcome.error(answered + " with a body that is no health document"));
    }

    private static Outcome judge(String answered, HealthDocument document) {
        Outcome outcome = switch (document.status()) {
            case PASS -> Outcome.ok();
            case WARN -> Outcome.warning(said(answered, document));
            case FAIL -> Outcome.error(said(answered, document));
        };
        return outcome.with("healthStatus", document.status().word());
    }

    private static String said(String answered, HealthDocument document) {
        Optional<String> output = document.output().filter(text -> !text.isBlank());
        return answered + " with status " + document.status().word()
                + output.map(text -> ": " + Require.shown(text)).orElse("");
    }
}
