package dev.vitals.health.monitor.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.rule.ChannelReader;
import dev.vitals.health.monitor.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a services file: gives all that it says, or all its problems. */
public final class ServicesFile {
    private static final int MAX_BYTES = 10 * 1_024 * 1_024;

    private final String name;
    private final List<FileProblem> problems = new ArrayList<>();
    private final YamlTree tree = new YamlTree();
    private FileContents contents = new FileContents(Map.of(), RuleSet.NONE);

    private ServicesFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @throws BadFileException if the file has a problem or cannot be read
     */
    public static ServicesFile read(Path file, SettingsReader settings, ChannelReader channels)
            throws BadFileException {
        return of(file, bytes(file), settings, channels);
    }

    /** Reads the content of a file; the path is for messages. */
    static ServicesFile of(Path file, byte[] content, SettingsReader settings, ChannelReader channels)
            throws BadFileException {
        ServicesFile reader = new ServicesFile(file.toString());
        reader.parse(content, settings, channels);
        return reader;
    }

    /**
     * Returns the content of the file.
     *
     * @throws BadFileException if it cannot be read
     */
    static byte[] bytes(Path file) throws BadFileException {
        try {
            return read(file);
        } catch (IOException e) {
            ServicesFile reader = new ServicesFile(file.toString());
            reader.add(null, reason(e));
            throw new BadFileException(reader.problems);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES / 1_024 / 1_024 + " MiB");
            }
            return bytes;
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "the file does not exist"
                : "the file cannot be read: " + e.getMessage();
    }

    private void parse(byte[] content, SettingsReader settings, ChannelReader channels) throws BadFileException {
        Node root = new YamlSource(problem -> add(problem.mark(), problem.text())).read(text(content));
        if (root != null) {
            ServiceReader reader = new ServiceReader(settings);
            RuleSections sections = new RuleSections(channels);
            Object values = tree.value(root, "");
            contents = new FileContents(reader.read(values), sections.read(values));
            tree.problems().forEach(problem -> add(problem.mark(), problem.text()));
            reader.errors().forEach(this::add);
            sections.errors().forEach(this::add);
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

    private void add(FieldError error) {
        String was = error.value() == null ? "was absent" : "was " + error.value();
        add(tree.place(error.field()), error.field() + " must be " + error.bound() + ", " + was);
    }

    /** Returns what the file says. */
    public FileContents contents() {
        return contents;
    }

    /**
     * Refuses the file for these errors, if there are any; their fields are paths in the file.
     *
     * @throws BadFileException if there is an error
     */
    public void refuse(List<FieldError> errors) throws BadFileException {
        errors.forEach(this::add);
        throwIfBad();
    }

    /** Throws if the id of a target is already in use by another source. */
    void refuseTaken(Predicate<TargetId> taken) throws BadFileException {
        for (TargetId id : contents.targets().keySet()) {
            if (taken.test(id)) {
                add(
                        tree.place("services." + id.appOrHost()),
                        id + " must not be in use by a registration or a host check");
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
