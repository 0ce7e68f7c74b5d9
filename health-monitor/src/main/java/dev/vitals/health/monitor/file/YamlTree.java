package dev.vitals.health.monitor.file;

import dev.vitals.health.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Converts nodes into values, and remembers the place of each in the file. */
final class YamlTree {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*(?:[:?+-][^}]*)?}");
    private static final Pattern FILLED_IN =
            Pattern.compile("[.](?:password|user|url|health_path|host|name|client_key|headers[.][^.]+)$");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9]{0,30}[.]?[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?");

    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** A problem of the YAML, independent of what its values mean. */
    record Problem(@Nullable Mark mark, String text) {}

    /** Returns the value of the node: text, number, boolean, list, map, or null. */
    @Nullable
    Object value(Node node, String path) {
        mark(path, node.getStartMark());
        if (node instanceof MappingNode mapping) {
            return map(mapping, path);
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node member : sequence.getValue()) {
                list.add(value(member, path + "[" + list.size() + "]"));
            }
            return list;
        }
        refusePlaceholder((ScalarNode) node, path);
        return scalar((ScalarNode) node);
    }

    private Map<String, @Nullable Object> map(MappingNode mapping, String path) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(mark(entry.getKeyNode()), "a key must be text"));
                continue;
            }
            String name = key.getValue();
            String inner = path.isEmpty() ? name : path + "." + name;
            if (map.containsKey(name)) {
                String text = inner + " must be given once, was given before, on line " + (line(marks.get(inner)) + 1);
                problems.add(new Problem(mark(key), text));
                continue;
            }
            map.put(name, value(entry.getValueNode(), inner));
            // The place of the name, not of the value: there people look for the field.
            mark(inner, key.getStartMark());
        }
        return map;
    }

    // Other programs fill these in. Sent as it stands, it would be a wrong password; to a shell, it means something.
    private void refusePlaceholder(ScalarNode node, String path) {
        Matcher placeholder = PLACEHOLDER.matcher(node.getValue());
        if (placeholder.find()
                && (placeholder.group().equals(node.getValue())
                        || FILLED_IN.matcher(path).find())) {
            problems.add(new Problem(
                    mark(node),
                    path + " must be the value itself, was " + placeholder.group()
                            + ": the monitor does not read the environment"));
        }
    }

    private @Nullable Object scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            // Other forms, such as 0x1F, stay text.
            return INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        }
        if (tag.equals(Tag.FLOAT)) {
            return FLOAT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
        }
        if (tag.equals(Tag.ENV_TAG)) {
            return text;
        }
        if (!tag.equals(Tag.STR)) {
            problems.add(
                    new Problem(mark(node), "a value must be without a tag, was " + Require.shown(tag.getValue())));
        }
        return text;
    }

    private void mark(String path, Optional<Mark> mark) {
        mark.ifPresent(present -> marks.put(path, present));
    }

    private static @Nullable Mark mark(Node node) {
        return node.getStartMark().orElse(null);
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine();
    }

    /** Returns the place of the field with that path; if it is absent, the place of the nearest field around it. */
    @Nullable
    Mark place(String path) {
        String known = path;
        while (!marks.containsKey(known) && !known.isEmpty()) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return marks.get(known);
    }

    List<Problem> problems() {
        return problems;
    }
}
