package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.maintenance.Kind;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionBuilder;
import dev.vitals.health.monitor.model.Note;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the document of a maintenance window or of a silence. */
final class SuppressionReader {
    private static final String TIME = "an RFC 3339 time";

    private SuppressionReader() {}

    static Suppression read(Fields fields, Kind kind, String id, Instant now) {
        SuppressionBuilder builder = new SuppressionBuilder(kind, fields.refusals());
        builder.name(fields.text("name", "text of 1 to " + SuppressionBuilder.MAX_NAME + " characters"));
        builder.selection(SelectionReader.read(fields));
        builder.once(fields.time("from", TIME), fields.time("to", TIME));
        Fields weekly = fields.object("weekly", SuppressionBuilder.WEEKLY);
        if (weekly != null) {
            builder.weekly(
                    weekly.get("days", SuppressionBuilder.DAYS, SuppressionReader::days),
                    weekly.get("start", SuppressionBuilder.START, node -> read(node, LocalTime::parse)),
                    weekly.seconds("duration", SuppressionBuilder.DURATION),
                    weekly.get("zone", SuppressionBuilder.ZONE, node -> read(node, ZoneId::of)),
                    weekly.time("until", TIME));
            weekly.refuseOthers();
        }
        builder.note(fields.text("by", Note.BY), fields.text("reason", Note.REASON));
        fields.refuseOthers();
        return builder.build(id, now);
    }

    private static <T> @Nullable T read(JsonNode node, Function<String, T> parser) {
        try {
            return node.isTextual() ? parser.apply(node.textValue()) : null;
        } catch (DateTimeException notThat) {
            return null;
        }
    }

    private static @Nullable Set<DayOfWeek> days(JsonNode node) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (JsonNode name : node) {
            String word = name.asText().toUpperCase(Locale.ROOT);
            boolean known = false;
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.name().equals(word)) {
                    days.add(day);
                    known = true;
                }
            }
            if (!known) {
                return null;
            }
        }
        return node.isArray() && !days.isEmpty() ? days : null;
    }
}
