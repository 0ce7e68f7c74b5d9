package dev.vitals.health.monitor.file;

import dev.vitals.health.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The values of a document, and where in the file each stands. */
final class YamlTree {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9]{0,30}[.]?[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?");

    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final List<Wrong> wrong = new ArrayList<>();

    /** Something that is wrong with the document itself. */
    record Wrong(@Nullable Mark mark, String text) {}

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
        return scalar((ScalarNode) node);
    }

    private Map<String, @Nullable Object> map(MappingNode mapping, String path) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                wrong.add(new Wrong(mark(entry.getKeyNode()), "a key must be text"));
                continue;
            }
            String name = key.getValue();
            String inner = path.isEmpty() ? name : path + "." + name;
            if (map.containsKey(name)) {
                String text = inner + " must be there once, was there before, on line " + (line(marks.get(inner)) + 1);
                wrong.add(new Wrong(mark(key), text));
                continue;
            }
            map.put(name, value(entry.getValueNode(), inner));
            // The name rather than the value: that is where people look for the field.
            mark(inner, key.getStartMark());
        }
        return map;
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
            // Others, such as 0x1F, stay what people have written.
            return INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        }
        if (tag.equals(Tag.FLOAT)) {
            return FLOAT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
        }
        if (!tag.equals(Tag.STR)) {
            wrong.add(new Wrong(mark(node), "a value must be without a tag, was " + Require.shown(tag.getValue())));
        }
        return text;
    }

    private void mark(String path, Optional<Mark> mark) {
        mark.ifPresent(place -> marks.put(path, place));
    }

    private static @Nullable Mark mark(Node node) {
        return node.getStartMark().orElse(null);
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine();
    }

    /** Returns where the field of that path stands; if it is not there, the one that it should be in. */
    @Nullable
    Mark place(String path) {
        String known = path;
        while (!marks.containsKey(known) && !known.isEmpty()) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return marks.get(known);
    }

    List<Wrong> wrong() {
        return wrong;
    }
}
