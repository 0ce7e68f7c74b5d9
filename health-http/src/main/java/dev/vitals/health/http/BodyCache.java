package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Memo;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes the body of a result or report in a format, with its HTTP code, and keeps each body with the result or report it
 * shows. Thread-safe.
 */
final class BodyCache {
    private final ServiceInfo service;
    private final Codes codes;
    private final ByFormat<CachedBody> systemBodies;
    private final ByFormat<Memo<CheckResult, CachedBody>> plainOutcomes = outcomes(false);
    private final ByFormat<Memo<CheckResult, CachedBody>> detailedOutcomes = outcomes(true);
    private final ByFormat<Memo<HealthReport, CachedBody>> plainReports = reports(false);
    private final ByFormat<Memo<HealthReport, CachedBody>> detailedReports = reports(true);

    /** One value for each format. Immutable. */
    private static final class ByFormat<T> {
        private final Map<Format, T> values = new EnumMap<>(Format.class);

        ByFormat(Function<Format, T> maker) {
            for (Format format : Format.values()) {
                values.put(format, maker.apply(format));
            }
        }

        T get(Format format) {
            return Objects.requireNonNull(values.get(format));
        }
    }

    /** The HTTP codes that the builder has set. */
    record Codes(int failure, int warning, int outcomeFailure, Map<String, GroupOptions> groups) {
        private static final int PASS = 200;

        /** Returns whether a warning has a code that tells it from a pass. */
        boolean warnsByCode() {
            return warning != PASS;
        }

        int ofOutcome(Status status) {
            return switch (status) {
                case PASS -> PASS;
                case WARN -> warnsByCode() ? warning : outcomeFailure;
                case FAIL -> outcomeFailure;
            };
        }

        int ofReport(HealthReport report) {
            GroupOptions options = groups.get(report.group().orElse(""));
            return switch (report.status()) {
                case PASS -> PASS;
                case WARN -> options == null || options.warningCode == null ? warning : options.warningCode;
                case FAIL -> options == null || options.failureCode == null ? failure : options.failureCode;
            };
        }
    }

    /** Makes an empty cache. */
    BodyCache(ServiceInfo service, Codes codes) {
        this.service = service;
        this.codes = codes;
        this.systemBodies = new ByFormat<>(format -> makeSystem(service, format));
    }

    private ByFormat<Memo<CheckResult, CachedBody>> outcomes(boolean details) {
        return new ByFormat<>(format -> Memo.madeBy(result -> makeOutcome(format, result, details)));
    }

    private ByFormat<Memo<HealthReport, CachedBody>> reports(boolean details) {
        return new ByFormat<>(format -> Memo.madeBy(report -> makeReport(format, report, details)));
    }

    /** Returns the body of the built-in check. */
    CachedBody system(Format format) {
        return systemBodies.get(format);
    }

    /** Returns the body for the latest outcome of one check, before thresholds. */
    CachedBody outcome(Format format, CheckResult result, boolean details) {
        return (details ? detailedOutcomes : plainOutcomes).get(format).of(result);
    }

    /** Returns the body for a report, after thresholds. */
    CachedBody report(Format format, HealthReport report, boolean details) {
        return (details ? detailedReports : plainReports).get(format).of(report);
    }

    /** Returns the HTTP code for a report, the same in every format. */
    int code(HealthReport report) {
        return codes.ofReport(report);
    }

    private static CachedBody makeSystem(ServiceInfo service, Format format) {
        byte[] bytes = switch (format) {
            case DRAFT -> HealthJsonFormat.system(service);
            case TEXT, VERBOSE -> TextFormat.word(Status.PASS);
            case ACTUATOR, ACTUATOR_V2, ACTUATOR_V1 -> CompatFormats.actuator(Status.PASS);
            default -> OutcomeFormat.system();
        };
        return CachedBody.negotiated(200, format.contentType(), bytes);
    }

    private CachedBody makeOutcome(Format format, CheckResult result, boolean details) {
        Status status = result.outcome().code().status();
        byte[] bytes = switch (format) {
            case DRAFT -> HealthJsonFormat.outcome(service, result, details);
            case TEXT -> TextFormat.word(status);
            case VERBOSE -> TextFormat.verbose(result, details);
            case ACTUATOR, ACTUATOR_V2, ACTUATOR_V1 -> CompatFormats.actuator(status);
            default -> OutcomeFormat.of(result, details);
        };
        // The draft's media type binds warn to 2xx (section 3.1); the plain format of this path does not.
        boolean draftWarns = status == Status.WARN && format == Format.DRAFT && !codes.warnsByCode();
        int code = draftWarns ? 200 : codes.ofOutcome(status);
        return CachedBody.negotiated(code, format.contentType(), bytes);
    }

    private CachedBody makeReport(Format format, HealthReport report, boolean details) {
        byte[] bytes = switch (format) {
            case DRAFT, JSON -> HealthJsonFormat.report(service, report, details);
            case TEXT -> TextFormat.word(report.status());
            case VERBOSE -> TextFormat.verbose(report, details);
            case ACTUATOR -> CompatFormats.actuator(report, "components", details);
            case ACTUATOR_V2 -> CompatFormats.actuator(report, "details", details);
            case ACTUATOR_V1 -> CompatFormats.actuatorV1(report, details);
            case COMPONENTS -> CompatFormats.components(report, details);
            case MICROPROFILE -> CompatFormats.microprofile(report, details);
            case HTML -> throw new IllegalArgumentException("a page shows ages, so it is made for each request");
        };
        return CachedBody.negotiated(codes.ofReport(report), format.contentType(), bytes);
    }
}
