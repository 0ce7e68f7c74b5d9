package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a zip for a bug report: versions, settings, counts and recent lines of the log, all without secrets. */
@Command(
        name = "doctor",
        description = "Writes a zip for a bug report: versions, settings of serve, health and counts of the monitor,"
                + " sizes of its files, recent lines of its log. Secrets and names of targets are left out; read it before"
                + " you send it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DoctorCommand implements Callable<Integer> {
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_ENTRY = 100_000;
    private static final int MAX_LINE = 4_000;
    private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]");

    private final ClientContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The zip, which must not exist (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("vitals-doctor.zip");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Data directory of the monitor (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--log", paramLabel = "FILE", description = "Log of the monitor; its last 1,000 entries are taken.")
    private @Nullable Path log;

    @Option(names = "--config", paramLabel = "FILE", description = "The file that serve --config names.")
    private @Nullable Path config;

    DoctorCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(out, UTF_8)) {
            add(zip, "versions.txt", versions());
            add(zip, "settings.txt", settings());
            add(zip, "monitor.txt", asked());
            add(zip, "files.txt", files());
            if (log != null) {
                add(zip, "log.txt", lastEntries(log));
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the file " + file + " exists already; name another one", e);
        }
        spec.commandLine().getOut().println("wrote " + file + "; read it before you send it");
        return ExitCode.OK;
    }

    private static void add(ZipOutputStream zip, String name, List<String> lines) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Redactor.clean(line, MAX_LINE)).append('\n'));
        zip.write(text.toString().getBytes(UTF_8));
        zip.closeEntry();
    }

    private List<String> versions() {
        List<String> lines = new ArrayList<>(List.of(
                "vitals " + Monitor.version(),
                "written " + Rfc3339.text(context.now()),
                "processors " + Runtime.getRuntime().availableProcessors()));
        for (String name : List.of(
                "java.version",
                "java.vendor",
                "java.vm.name",
                "os.name",
                "os.version",
                "os.arch",
                "file.encoding",
                "user.timezone")) {
            lines.add(name + " " + System.getProperty(name, ""));
        }
        return lines;
    }

    /** Returns what {@code config} prints, which masks what is secret. */
    private List<String> settings() {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        String[] args =
                config == null ? new String[] {"config"} : new String[] {"config", "--config", config.toString()};
        int code = Main.run(context, out, out, args);
        List<String> lines = new ArrayList<>(printed.toString().lines().toList());
        if (code != ExitCode.OK) {
            lines.add("config ended with " + code);
        }
        return lines;
    }

    private List<String> asked() {
        List<String> lines = new ArrayList<>();
        try {
            MonitorApi api = monitor.api();
            JsonNode health = api.send(MonitorApi.Request.get("/_health"), monitor.timeout())
                    .document();
            lines.add("status " + health.path("status").asText());
            health.path("checks")
                    .properties()
                    .forEach(check -> check.getValue()
                            .forEach(one -> lines.add("check " + check.getKey() + " "
                                    + one.path("status").asText() + " "
                                    + one.path("observedValue").asText("") + " "
                                    + one.path("output").asText(""))));
            counts(api).forEach((what, number) -> lines.add(number + " " + what));
            lines.add(api.send(MonitorApi.Request.get("/api/v1/incidents?state=open&limit=1000"), monitor.timeout())
                            .read()
                            .path("incidents")
                            .size()
                    + " open incidents");
        } catch (IOException e) {
            lines.add("not asked further: " + GateClient.text(e));
        }
        return lines;
    }

    private SortedMap<String, Integer> counts(MonitorApi api) throws IOException {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (JsonNode target : api.send(MonitorApi.Request.get("/api/v1/targets"), monitor.timeout())
                .read()
                .path("targets")) {
            counts.merge("targets in the state " + TargetRows.state(target), 1, Integer::sum);
            counts.merge("targets of the kind " + target.path("kind").asText(), 1, Integer::sum);
            counts.merge("targets by the source " + target.path("source").asText(), 1, Integer::sum);
        }
        return counts;
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(data)) {
            return List.of("there is no directory " + data);
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path one : files.sorted().toList()) {
                lines.add(Files.size(one) + " bytes " + one.getFileName());
            }
        }
        return lines;
    }

    /** Returns the last entries, each with the lines that belong to it: a secret may be on the line after its name. */
    private static List<String> lastEntries(Path log) throws IOException {
        Deque<StringBuilder> entries = new ArrayDeque<>();
        // A log may have bytes that are not UTF-8.
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Files.newInputStream(log),
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (entries.isEmpty() || ENTRY.matcher(line).lookingAt()) {
                    entries.addLast(new StringBuilder(line));
                } else if (entries.getLast().length() < MAX_ENTRY) {
                    entries.getLast().append('\n').append(line);
                }
                if (entries.size() > MAX_ENTRIES) {
                    entries.removeFirst();
                }
            }
        }
        return entries.stream().map(StringBuilder::toString).toList();
    }
}
