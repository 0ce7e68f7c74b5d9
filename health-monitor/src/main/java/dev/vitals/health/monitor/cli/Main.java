package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.file.BadFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry of the runnable jar. */
public final class Main {
    private static final int BAD_USAGE = 2;
    private static final int FAILED = 1;

    private Main() {}

    /** Runs a command and ends the JVM with its exit code: 0, 1 if it failed, 2 if it was called wrongly. */
    public static void main(String[] args) {
        // Both before any class reads them; the operator's own choice wins.
        System.getProperties().putIfAbsent("logback.configurationFile", "logback-monitor.xml");
        // Longer than any interval: the JDK closes idle connections after 30 s, the default interval.
        System.getProperties().putIfAbsent("jdk.httpclient.keepalive.timeout", "330");
        CommandLine line = new CommandLine(new MonitorCommand());
        System.exit(run(line.getOut(), line.getErr(), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(System.getenv(), out, err, args);
    }

    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        CommandLine config = new CommandLine(new ConfigCommand(environment));
        // What follows config is judged by the options of serve.
        config.setUnmatchedOptionsArePositionalParams(true);
        CommandLine serve = new CommandLine(new ServeCommand());
        CommandLine plan = new CommandLine(new PlanCommand());
        CommandLine line = new CommandLine(new MonitorCommand())
                .addSubcommand(serve)
                .addSubcommand(config)
                .addSubcommand(plan)
                .addSubcommand(new GateCommand())
                .setOut(out)
                .setErr(err);
        // The 2 of plan says that there are changes.
        line.setParameterExceptionHandler(
                (e, given) -> e.getCommandLine() == plan ? refused(e, err, FAILED) : refused(e, err, BAD_USAGE));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof ParameterException refused) {
                return refused(refused, err, BAD_USAGE);
            }
            // All that is wrong with a file at once, each with its place.
            err.println(e instanceof BadFileException ? e.getMessage() : oneLine(e));
            return FAILED;
        });
        if (List.of(args).indexOf(serve.getCommandName()) == 0) {
            try {
                serve.setDefaultValueProvider(OptionSources.of(environment, List.of(args), serve.getCommandSpec()));
            } catch (IOException e) {
                err.println(oneLine(e));
                return BAD_USAGE;
            }
        }
        return line.execute(args);
    }

    private static int refused(ParameterException e, PrintWriter err, int code) {
        err.println(oneLine(e) + OptionSources.originOf(e));
        return code;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return "vitals monitor: " + message.lines().findFirst().orElse("");
    }
}
