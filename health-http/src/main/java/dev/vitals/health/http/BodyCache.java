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
import java.util.function.ToIntFunction;

/**
 * Makes the body of a result or report in a format, with its HTTP code, and keeps each body with the result or report it
 * shows. Thread-safe.
 */
final class BodyCache {
    private final ServiceInfo service;
    private final int outcomeFailureCode;
    private final ToIntFunction<String> reportFailureCode;
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

    /**
     * Makes an empty cache.
     *
     * @param reportFailureCode returns the HTTP code of a failing report on a group; of all checks for the empty name
     */
    BodyCache(ServiceInfo service, int outcomeFailureCode, ToIntFunction<String> reportFailureCode) {
        this.service = service;
        this.outcomeFailureCode = outcomeFailureCode;
        this.reportFailureCode = reportFailureCode;
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

    private static CachedBody makeSystem(ServiceInfo service, Format format) {
        byte[] bytes = switch (format) {
            case DRAFT -> HealthJsonFormat.system(service);
            case TEXT -> TextFormat.word(Status.PASS);
            case ACTUATOR -> CompatFormats.actuator(Status.PASS);
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
            case ACTUATOR -> CompatFormats.actuator(status);
            default -> OutcomeFormat.of(result, details);
        };
        // The draft's media type binds warn to 2xx (section 3.1); the plain format of this path does not.
        boolean passes = status == Status.PASS || (status == Status.WARN && format == Format.DRAFT);
        return CachedBody.negotiated(passes ? 200 : outcomeFailureCode, format.contentType(), bytes);
    }

    private CachedBody makeReport(Format format, HealthReport report, boolean details) {
        byte[] bytes = switch (format) {
            case DRAFT, JSON -> HealthJsonFormat.report(service, report, details);
            case TEXT -> TextFormat.word(report.status());
            case VERBOSE -> TextFormat.verbose(report, details);
            case ACTUATOR -> CompatFormats.actuator(report, details);
            case COMPONENTS -> CompatFormats.components(report, details);
            case MICROPROFILE -> CompatFormats.microprofile(report, details);
        };
        boolean failed = report.status() == Status.FAIL;
        int code = failed ? reportFailureCode.applyAsInt(report.group().orElse("")) : 200;
        return CachedBody.negotiated(code, format.contentType(), bytes);
    }
}
