package dev.vitals.health.monitor.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of services: all of it, or all that is wrong with it. */
public final class ServicesFile {
    private final String name;
    private final List<FileProblem> problems = new ArrayList<>();
    private final YamlTree tree = new YamlTree();
    private Map<TargetId, ProbeSettings> targets = Map.of();

    private ServicesFile(String name) {
        this.name = name;
    }

    /**
     * Returns what the file says.
     *
     * @throws BadFileException if anything is wrong with it, or it cannot be read
     */
    public static Map<TargetId, ProbeSettings> read(Path file) throws BadFileException {
        return open(file).targets();
    }

    static ServicesFile open(Path file) throws BadFileException {
        ServicesFile reader = new ServicesFile(file.toString());
        byte[] bytes;
        try {
            bytes = Content.of(file);
        } catch (IOException e) {
            reader.add(null, "the file cannot be read: " + reason(e));
            throw new BadFileException(reader.problems);
        }
        reader.parse(bytes);
        return reader;
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is none" : String.valueOf(e.getMessage());
    }

    private void parse(byte[] content) throws BadFileException {
        Node root = new YamlSource(wrong -> add(wrong.mark(), wrong.text())).read(text(content));
        if (root != null) {
            ServiceReader reader = new ServiceReader();
            targets = reader.read(tree.value(root, ""));
            tree.wrong().forEach(wrong -> add(wrong.mark(), wrong.text()));
            for (FieldError error : reader.errors()) {
                String was = error.value() == null ? "was absent" : "was " + error.value();
                add(tree.place(error.field()), error.field() + " must be " + error.bound() + ", " + was);
            }
        } else if (problems.isEmpty()) {
            add(null, "the file must have services, was empty");
        }
        throwIfBad();
    }

    private void throwIfBad() throws BadFileException {
        if (!problems.isEmpty()) {
            problems.sort(null);
            throw new BadFileException(problems);
        }
    }

    Map<TargetId, ProbeSettings> targets() {
        return targets;
    }

    /** Throws if there are names that others have already. */
    void refuseTaken(Predicate<TargetId> taken) throws BadFileException {
        for (TargetId id : targets.keySet()) {
            if (taken.test(id)) {
                add(
                        tree.place("services." + id.appOrHost()),
                        id + " must be free, was taken by a registration or a host");
            }
        }
        throwIfBad();
    }

    private String text(byte[] content) throws BadFileException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            add(null, "the file must be UTF-8");
            throw new BadFileException(problems);
        }
    }

    private void add(@Nullable Mark mark, String text) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        problems.add(new FileProblem(name, line, column, text));
    }
}
