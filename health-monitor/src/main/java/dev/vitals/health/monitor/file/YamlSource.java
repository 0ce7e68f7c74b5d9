package dev.vitals.health.monitor.file;

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
 * Text in YAML 1.2 as a tree of nodes. Anchors are refused: nobody needs them here, and a few of them can stand for
 * billions of values; so is what is nested deeper than any good file.
 */
final class YamlSource {
    static final int MAX_CHARACTERS = 10_000_000;
    private static final int MAX_DEPTH = 30;

    private final LoadSettings settings = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    private final Consumer<YamlTree.Wrong> wrong;

    YamlSource(Consumer<YamlTree.Wrong> wrong) {
        this.wrong = wrong;
    }

    /** Returns the root; null if the text is empty, or is no YAML, which is told. */
    @Nullable
    Node read(String text) {
        try {
            return isHarmless(text)
                    ? new Composer(settings, parser(text)).getSingleNode().orElse(null)
                    : null;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            String problem = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
            wrong.accept(new YamlTree.Wrong(mark, "the file must be YAML: " + oneLine(problem)));
        } catch (YamlEngineException e) {
            wrong.accept(new YamlTree.Wrong(null, "the file must be YAML: " + oneLine(String.valueOf(e.getMessage()))));
        }
        return null;
    }

    private Parser parser(String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
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
                    // Nothing that could do harm.
                }
            }
            if (open.size() > MAX_DEPTH) {
                // What follows may be deeper still.
                return refuse(event, "the file must be nested up to " + MAX_DEPTH + " deep");
            }
            if (event.getEventId() != Event.ID.Alias
                    && event instanceof NodeEvent node
                    && node.getAnchor().isPresent()) {
                harmless = refuse(
                        event,
                        "a value must be without an anchor, was &"
                                + node.getAnchor().get());
            }
        }
        return harmless;
    }

    private boolean refuse(Event event, String text) {
        Optional<Mark> mark = event.getStartMark();
        wrong.accept(new YamlTree.Wrong(mark.orElse(null), text));
        return false;
    }
}
