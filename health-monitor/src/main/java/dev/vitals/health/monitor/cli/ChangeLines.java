package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line for each change of a target: first its present state, then each new one. There are no escape codes
 * unless {@code --color always} asks for them. Used by one thread.
 */
final class ChangeLines {
    private final OutputOptions output;
    private final ClientContext context;
    private final Map<String, JsonNode> known = new LinkedHashMap<>();
    private String failure = "";

    ChangeLines(OutputOptions output, ClientContext context) {
        this.output = output;
        this.context = context;
    }

    /** Looks at each change until the thread is interrupted. A monitor that does not answer is noted once, and asked again. */
    void run(WatchOptions.Look<List<JsonNode>> targets, Duration every, ChangeSignal signal)
            throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            look(targets);
            // Several changes in a row are one look.
            context.pause().of(WatchOptions.BETWEEN_LOOKS);
            signal.await(every, !failure.isEmpty());
        }
    }

    private void look(WatchOptions.Look<List<JsonNode>> targets) throws IOException {
        try {
            changes(targets.now());
            if (!failure.isEmpty()) {
                output.note("the monitor answers again");
                failure = "";
            }
        } catch (IOException e) {
            // The first look tells what is wrong with the question.
            if (known.isEmpty()) {
                throw e;
            }
            String text = GateClient.text(e);
            if (!text.equals(failure)) {
                output.note(text);
                failure = text;
            }
        }
    }

    private void changes(List<JsonNode> targets) {
        List<String> lines = new ArrayList<>();
        Map<String, JsonNode> gone = new LinkedHashMap<>(known);
        for (JsonNode target : targets) {
            String name = TargetRows.name(target);
            gone.remove(name);
            JsonNode before = known.put(name, target);
            if (before == null || !TargetRows.state(before).equals(TargetRows.state(target))) {
                lines.add(line(name, before, target));
            }
        }
        gone.forEach((name, before) -> {
            known.remove(name);
            lines.add(line(name, before, null));
        });
        output.lines(lines);
    }

    private String line(String name, @Nullable JsonNode before, @Nullable JsonNode target) {
        String from = before == null ? "" : TargetRows.state(before);
        String to = target == null ? "gone" : TargetRows.state(target);
        String since = target == null
                ? Rfc3339.text(context.now())
                : target.path("since").asText();
        String why = target == null ? "no longer watched" : target.path("why").asText();
        switch (output.form()) {
            case JSONL -> {
                ObjectNode event = JsonNodeFactory.instance.objectNode();
                event.put("time", since).put("target", name);
                if (!from.isEmpty()) {
                    event.put("from", from);
                }
                return OutputOptions.line(event.put("to", to).put("why", why));
            }
            case NAME -> {
                return Table.clean(name);
            }
            default -> {
                Paint paint = output.paint();
                return Table.clean(since) + "  " + Table.clean(name) + "  "
                        + (from.isEmpty() ? "" : paint.state(from, Table.clean(from)) + " -> ")
                        + paint.state(to, Table.clean(to)) + (why.isEmpty() ? "" : ": " + Table.clean(why));
            }
        }
    }
}
