package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionBuilder;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the document of a maintenance window or of a silence. */
final class SuppressionReader {
    private static final String TIME = "an RFC 3339 time";

    private SuppressionReader() {}

    static Suppression read(Fields fields, SuppressionKind kind, String id, Instant now) {
        SuppressionBuilder builder = new SuppressionBuilder(kind, fields.errors());
        builder.name(fields.text("name", SuppressionBuilder.NAME));
        builder.selection(Selection.read(fields));
        builder.once(fields.instant("from", TIME), fields.instant("to", TIME));
        Fields weekly = fields.object("weekly", SuppressionBuilder.WEEKLY);
        if (weekly != null) {
            builder.weekly(
                    weekly.read("days", SuppressionBuilder.DAYS, SuppressionReader::days),
                    weekly.read("start", SuppressionBuilder.START, value -> parse(value, LocalTime::parse)),
                    weekly.seconds("duration", SuppressionBuilder.DURATION),
                    weekly.read("zone", SuppressionBuilder.ZONE, value -> parse(value, ZoneId::of)),
                    weekly.instant("until", TIME));
            weekly.refuseOthers();
        }
        builder.attribution(fields.text("by", Attribution.BY), fields.text("reason", Attribution.REASON));
        fields.refuseOthers();
        return builder.build(id, now);
    }

    private static <T> @Nullable T parse(Object value, Function<String, T> parser) {
        try {
            return value instanceof String text ? parser.apply(text) : null;
        } catch (DateTimeException notThat) {
            return null;
        }
    }

    private static @Nullable Set<DayOfWeek> days(Object value) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (!(value instanceof List<?> names) || names.isEmpty()) {
            return null;
        }
        for (Object name : names) {
            Optional<DayOfWeek> day = Arrays.stream(DayOfWeek.values())
                    .filter(known -> known.name().equalsIgnoreCase(String.valueOf(name)))
                    .findFirst();
            if (day.isEmpty()) {
                return null;
            }
            days.add(day.get());
        }
        return days;
    }
}
