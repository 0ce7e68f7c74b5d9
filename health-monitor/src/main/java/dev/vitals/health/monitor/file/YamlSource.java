package dev.vitals.health.monitor.file;

import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.Require;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Parses YAML 1.2 into a tree of nodes. Anchors are refused, because a few of them can expand to billions of values; so is
 * a text that is nested deeper than any services file.
 */
final class YamlSource {
    static final int MAX_CHARACTERS = 10_000_000;
    private static final int MAX_DEPTH = 30;
    private static final int MAX_PROBLEM = 300;

    private final LoadSettings settings = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    private final Consumer<YamlTree.Problem> problems;

    YamlSource(Consumer<YamlTree.Problem> problems) {
        this.problems = problems;
    }

    /** Returns the root; null if the text is empty, or after a problem was reported. */
    @Nullable
    Node read(String text) {
        try {
            return isHarmless(text)
                    ? new Composer(settings, parser(text)).getSingleNode().orElse(null)
                    : null;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            String problem = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
            problems.accept(
                    new YamlTree.Problem(mark, "the file must be YAML: " + Redactor.clean(problem, MAX_PROBLEM)));
        } catch (YamlEngineException e) {
            problems.accept(new YamlTree.Problem(
                    null, "the file must be YAML: " + Redactor.clean(String.valueOf(e.getMessage()), MAX_PROBLEM)));
        }
        return null;
    }

    private Parser parser(String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private boolean isHarmless(String text) {
        boolean harmless = true;
        int documents = 0;
        Deque<Event> open = new ArrayDeque<>();
        Parser events = parser(text);
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (++documents > 1) {
                        harmless = refuse(event, "the file must be one document");
                    }
                }
                case Alias -> harmless = refuse(event, "a value must be written out, was an alias of another");
                case MappingStart, SequenceStart -> open.push(event);
                case MappingEnd, SequenceEnd -> open.pop();
                default -> {
                    // Harmless.
                }
            }
            if (open.size() > MAX_DEPTH) {
                // The rest may be nested deeper, so it is not read.
                return refuse(event, "the file must be nested up to " + MAX_DEPTH + " deep");
            }
            if (event.getEventId() != Event.ID.Alias
                    && event instanceof NodeEvent node
                    && node.getAnchor().isPresent()) {
                harmless = refuse(
                        event,
                        "a value must be without an anchor, was "
                                + Require.shown("&" + node.getAnchor().get()));
            }
        }
        return harmless;
    }

    private boolean refuse(Event event, String text) {
        Optional<Mark> mark = event.getStartMark();
        problems.accept(new YamlTree.Problem(mark.orElse(null), text));
        return false;
    }
}
