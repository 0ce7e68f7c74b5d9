package dev.vitals.health.monitor.text;

import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An incident in Markdown, to be pasted into a ticket. Texts from elsewhere are escaped. */
public final class IncidentMarkdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&]");

    private IncidentMarkdown() {}

    /** Returns the document: what it is about, the targets, the timeline and the messages. */
    public static String of(
            Incident incident, List<Incident.Member> members, List<IncidentEvent> events, List<Message> messages) {
        return Stream.of(
                        head(incident),
                        section("Targets", members.stream().map(IncidentMarkdown::line)),
                        section("Timeline", events.stream().map(IncidentMarkdown::line)),
                        section("Messages", messages.stream().map(IncidentMarkdown::line)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String head(Incident incident) {
        Attribution by = incident.acknowledged();
        Incident.End end = incident.end();
        return Stream.of(
                        "# " + incident.state() + " " + text(incident.cause().toString()) + "\n",
                        item("Since", Rfc3339.text(incident.openedAt())),
                        end == null ? null : item("Until", Rfc3339.text(end.at()) + ", " + text(end.why())),
                        item("First evidence", text(incident.firstEvidence())),
                        item("Latest evidence", text(incident.latestEvidence())),
                        by == null ? null : item("Acknowledged", Rfc3339.text(by.at()) + " by " + said(by)),
                        item("Id", incident.id()))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining("\n"));
    }

    private static String said(Attribution by) {
        return text(String.valueOf(by.by())) + ": " + text(String.valueOf(by.reason()));
    }

    private static String item(String label, String value) {
        return "- " + label + ": " + value;
    }

    private static String section(String title, Stream<String> lines) {
        String all = lines.collect(Collectors.joining("\n"));
        return all.isEmpty() ? "" : "## " + title + "\n\n" + all;
    }

    private static String line(Incident.Member member) {
        return item(
                member.state() + " " + text(member.target().toString()),
                text(member.why()) + ", since " + Rfc3339.text(member.since()) + until(member.until()));
    }

    private static String until(@Nullable Instant until) {
        return until == null ? "" : " until " + Rfc3339.text(until);
    }

    private static String line(IncidentEvent event) {
        String about = event.target() == null ? "" : " " + text(event.target().toString());
        String by = event.by() == null ? "" : " by " + text(event.by());
        return item(Rfc3339.text(event.at()) + " " + event.kind().word() + about + by, text(event.text()));
    }

    private static String line(Message message) {
        Message.Progress progress = message.progress();
        Instant accepted = progress.acceptedAt();
        String state = progress.state().word().replace('_', ' ');
        // "not sent, test mode" says its state itself.
        String shown = progress.text().startsWith(state) ? "" : state;
        String when = accepted == null ? "" : " at " + Rfc3339.text(accepted);
        return item(
                Rfc3339.text(message.createdAt()) + " " + message.kind().word() + " to "
                        + text(message.receiver().toString()),
                Stream.of(shown + when, text(progress.text()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    private static String text(String text) {
        return SPECIAL.matcher(TextLine.clean(text, Integer.MAX_VALUE)).replaceAll("\\\\$0");
    }
}
