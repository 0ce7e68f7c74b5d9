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

/** Shows the changes that a file of services would make. */
@Command(
        name = "plan",
        description = "Shows the changes that a file of services would make, without making them. Exit codes: 0 no"
                + " changes, 1 changes, 3 the file has errors, 64 wrong use.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PlanCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "File of services in YAML.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the monitor; the monitor may be running (default: ${DEFAULT-VALUE}).")
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
        return lines.isEmpty() ? ExitCode.OK : ExitCode.NOT_OK;
    }
}
