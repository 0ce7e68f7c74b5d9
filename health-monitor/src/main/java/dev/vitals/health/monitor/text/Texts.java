package dev.vitals.health.monitor.text;

import dev.vitals.health.State;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.channel.Outgoing;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words of messages: a subject that begins with the state, plain text and HTML. Times are in one zone, which is
 * printed with each. Thread-safe.
 */
public final class Texts implements Outgoing.Composer {
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final int MAX_WHY = 500;
    private static final String PLAIN = "plain";
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);

    private final ZoneId zone;
    private final Function<Message, Outgoing.Links> links;

    /**
     * Finds words.
     *
     * @param zone the zone of the readers
     * @param links returns the links of a message
     */
    public Texts(ZoneId zone, Function<Message, Outgoing.Links> links) {
        this.zone = zone;
        this.links = links;
    }

    @Override
    public Outgoing compose(Message message, Instant now) {
        Outgoing.Links all = links.apply(message);
        MessageView view = view(message, all, now);
        StringOutput plain = new StringOutput();
        JteplainGenerated.render(plain, null, view);
        StringOutput html = new StringOutput();
        JtemailGenerated.render(new OwaspHtmlTemplateOutput(html), null, view);
        return new Outgoing(message, new Outgoing.Text(view.subject(), plain.toString(), html.toString()), all, now);
    }

    private MessageView view(Message message, Outgoing.Links all, Instant now) {
        Facts facts = message.facts();
        return new MessageView(
                line(Subjects.of(message)),
                facts.incidents().isEmpty()
                        ? PLAIN
                        : tone(facts.incidents().get(0).state()),
                late(message, now),
                line(facts.note()),
                facts.incidents().stream().map(part -> part(part, now)).toList(),
                facts.more(),
                actions(all),
                line(message.reason()),
                all.unsubscribe() == null ? null : all.unsubscribe().toString());
    }

    private static String line(String text) {
        return TextLine.clean(text, Integer.MAX_VALUE);
    }

    private static @Nullable String late(Message message, Instant now) {
        Instant released = message.progress().releasedAt();
        Duration late = released == null ? Duration.ZERO : Duration.between(released, now);
        return late.compareTo(LATE) < 0 ? null : "late by " + Subjects.words(late);
    }

    private MessageView.Part part(Facts.Part part, Instant now) {
        List<MessageView.Row> rows = new ArrayList<>();
        row(rows, "State", part.state() + (part.until() == null ? "" : ", ended"));
        row(
                rows,
                part.cause().kind() == Cause.Kind.TARGET ? "Target" : "Cause",
                part.cause().toString());
        boolean alone = part.lines().size() == 1;
        Facts.Line only = alone ? part.lines().get(0) : null;
        if (only != null && only.host() != null) {
            row(rows, "Host", only.host());
        }
        row(rows, "Why", why(part.why()));
        Instant until = part.until();
        row(
                rows,
                "Since",
                time(part.since()) + " (" + Subjects.lasted(part.since(), until == null ? now : until) + ")");
        if (until != null) {
            row(rows, "Until", time(until));
        }
        if (only != null && only.lastGood() != null) {
            row(rows, "Healthy until", time(only.lastGood()));
        }
        if (only != null && !only.heals().isEmpty()) {
            row(rows, "Heals after", only.heals());
        }
        if (part.affected() > 1) {
            row(rows, "Affected", part.affected() + " targets");
        }
        // One line would say what is above.
        boolean listed =
                !alone || !part.cause().toString().equals(part.lines().get(0).target());
        List<MessageView.Line> lines =
                listed ? part.lines().stream().map(Texts::target).toList() : List.of();
        int more = lines.isEmpty() ? 0 : Math.max(0, part.affected() - lines.size());
        return new MessageView.Part(
                part.state() + " " + line(part.cause().toString()), tone(part.state()), rows, lines, more);
    }

    private static void row(List<MessageView.Row> rows, String label, String value) {
        rows.add(new MessageView.Row(label, line(value)));
    }

    private static MessageView.Line target(Facts.Line line) {
        return new MessageView.Line(
                line.state().name(), tone(line.state()), line(line.target()), line(why(line.why())));
    }

    private static String why(String text) {
        return text.length() <= MAX_WHY ? text : "..." + text.substring(text.length() - MAX_WHY);
    }

    private String time(Instant time) {
        return time(time, zone);
    }

    /**
     * Returns a time for people, in whole seconds, with its zone: {@code 2026-11-27 12:00:00 +01:00 (Europe/Berlin)}. No short
     * name of a zone, such as CET: those differ from one JDK to the next.
     */
    public static String time(Instant time, ZoneId zone) {
        ZonedDateTime there = time.truncatedTo(ChronoUnit.SECONDS).atZone(zone);
        String shown = DAY_AND_TIME.format(there);
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return shown + " UTC";
        }
        return shown + " " + OFFSET.format(there) + (zone instanceof ZoneOffset ? "" : " (" + zone.getId() + ")");
    }

    private static String tone(State state) {
        return switch (state) {
            case HEALTHY -> "good";
            case DEGRADED, UNKNOWN -> "warn";
            case UNHEALTHY -> "bad";
        };
    }

    private static List<MessageView.Link> actions(Outgoing.Links all) {
        List<MessageView.Link> actions = new ArrayList<>();
        action(actions, "Open", all.page());
        action(actions, "Acknowledge", all.acknowledge());
        action(actions, "Silence for 1 h", all.silence());
        return actions;
    }

    private static void action(List<MessageView.Link> actions, String label, @Nullable URI link) {
        if (link != null) {
            actions.add(new MessageView.Link(label, link.toString()));
        }
    }
}
