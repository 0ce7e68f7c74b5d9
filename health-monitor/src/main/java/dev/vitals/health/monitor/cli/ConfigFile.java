package dev.vitals.health.monitor.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options from a file, one line {@code name = value} each. The name is that of the command line without the dashes. Empty
 * lines and lines that begin with {@code #} are ignored. Immutable.
 *
 * @param file the path; null for no file
 * @param entries the options by name
 */
record ConfigFile(@Nullable Path file, Map<String, Entry> entries) {
    static final ConfigFile NONE = new ConfigFile(null, Map.of());

    private static final long MAX_BYTES = 1_000_000;

    /** A value and the number of its line. */
    record Entry(String value, int line) {}

    /**
     * Reads the file.
     *
     * @throws IOException if the file cannot be read or has an error; the message is one line
     */
    static ConfigFile read(Path file) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(entries, file, i + 1, line);
            }
        }
        return new ConfigFile(file, Map.copyOf(entries));
    }

    private static void add(Map<String, Entry> entries, Path file, int number, String line) throws IOException {
        int sign = line.indexOf('=');
        String name = sign < 0 ? line : line.substring(0, sign).strip();
        if (sign <= 0) {
            throw new IOException(file + ":" + number + ": must be name = value, was '" + line + "'");
        }
        Entry before =
                entries.putIfAbsent(name, new Entry(line.substring(sign + 1).strip(), number));
        if (before != null) {
            throw new IOException(file + ":" + number + ": " + name + " is already set in line " + before.line());
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("configuration file " + file + " must have at most " + MAX_BYTES + " bytes, has "
                        + Files.size(file));
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException("configuration file " + file + " does not exist", e);
        } catch (MalformedInputException e) {
            throw new IOException("configuration file " + file + " is not UTF-8 text", e);
        }
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Returns file and line of the entry, for messages. */
    String place(Entry entry) {
        return file + ":" + entry.line();
    }
}
