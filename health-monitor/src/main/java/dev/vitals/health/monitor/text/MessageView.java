package dev.vitals.health.monitor.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the templates of a message show: words only, in the order in which they are read.
 *
 * @param subject the subject
 * @param tone how it looks: {@code bad}, {@code warn}, {@code good} or {@code plain}
 * @param late how late the message is; null if it is not
 * @param note a text that stands alone; empty for none
 * @param parts the incidents
 * @param more how many further incidents are not shown
 * @param links where the reader can act
 * @param reason why this reader is told; empty if there is no rule
 * @param unsubscribe where the reader ends such messages; null if nowhere
 */
public record MessageView(
        String subject,
        String tone,
        @Nullable String late,
        String note,
        List<Part> parts,
        int more,
        List<Link> links,
        String reason,
        @Nullable String unsubscribe) {
    /**
     * One incident.
     *
     * @param title its root and state
     * @param tone how it looks
     * @param rows what is known of it
     * @param lines its targets
     * @param more how many further targets are not shown
     */
    public record Part(String title, String tone, List<Row> rows, List<Line> lines, int more) {}

    /**
     * A fact.
     *
     * @param label what it is
     * @param value the fact
     */
    public record Row(String label, String value) {}

    /**
     * A target.
     *
     * @param state its state
     * @param tone how it looks
     * @param name its name
     * @param why the reason of its state
     */
    public record Line(String state, String tone, String name, String why) {}

    /**
     * A link.
     *
     * @param label what it does
     * @param url where it leads
     */
    public record Link(String label, String url) {}
}
