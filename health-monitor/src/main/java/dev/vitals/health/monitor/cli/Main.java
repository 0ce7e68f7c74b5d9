package dev.vitals.health.monitor.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

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
        CommandLine line = new CommandLine(new MonitorCommand()).setOut(out).setErr(err);
        line.setParameterExceptionHandler((e, given) -> {
            e.getCommandLine().getErr().println(oneLine(e));
            return BAD_USAGE;
        });
        line.setExecutionExceptionHandler((e, command, result) -> {
            command.getErr().println(oneLine(e));
            return FAILED;
        });
        return line.execute(args);
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return "vitals monitor: " + message.lines().findFirst().orElse("");
    }
}
