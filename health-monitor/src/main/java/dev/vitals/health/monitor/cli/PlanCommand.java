package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a file of services would change. */
@Command(
        name = "plan",
        description = "Shows what a file of services would change that is in force now, and changes nothing. Exit code"
                + " 0: nothing would change, 2: something would, 1: the file has errors.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class PlanCommand implements Callable<Integer> {
    private static final int CHANGES = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "File of services, in YAML.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the monitor, which may be running (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws IOException {
        List<String> lines = Monitor.builder().data(data).file(file).plan();
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        if (lines.isEmpty()) {
            out.println("nothing would change");
        }
        out.flush();
        return lines.isEmpty() ? 0 : CHANGES;
    }
}
