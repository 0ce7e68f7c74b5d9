package dev.vitals.health.monitor.cli;

import java.net.SocketTimeoutException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates commands by name. Only the one that is asked for is created, so that the others and what they need stay unloaded. */
final class Commands {
    static final String SERVE = "serve";

    /** Not for people: the scripts of {@code completion} ask it. */
    static final String COMPLETE_NAMES = "complete-names";

    /** All commands, in the order of the help. */
    static final List<String> NAMES = List.of(
            SERVE,
            "config",
            "plan",
            "health",
            "targets",
            "incidents",
            "ack",
            "silence",
            "maintenance",
            "gate",
            "check",
            "login",
            "completion",
            "backup",
            "restore",
            "doctor",
            "token",
            "user",
            "rotate-key");

    // They change something, and have one code for all that can go wrong.
    private static final List<String> DOERS = List.of(SERVE, "config", "token", "user", "rotate-key");

    private Commands() {}

    /** Returns the command line: with that command alone if there is such a one, else with all of them. */
    static CommandLine line(ClientContext context, String first) {
        IFactory factory = factory(context);
        CommandLine line = new CommandLine(new Root(), factory);
        for (String name : NAMES.contains(first) || first.equals(COMPLETE_NAMES) ? List.of(first) : NAMES) {
            line.addSubcommand(name, command(name, context, factory));
        }
        return line;
    }

    private static CommandLine command(String name, ClientContext context, IFactory factory) {
        return switch (name) {
            case SERVE -> new CommandLine(new ServeCommand(), factory);
            case "config" ->
                // The options of serve that follow are checked by the command itself.
                new CommandLine(new ConfigCommand(context.environment()), factory)
                        .setUnmatchedOptionsArePositionalParams(true);
            case "plan" -> new CommandLine(new PlanCommand(), factory);
            case "health" -> new CommandLine(new HealthCommand(context), factory);
            case "targets" -> new CommandLine(new TargetsCommand(context), factory);
            case "incidents" -> new CommandLine(new IncidentsCommand(context), factory);
            case "ack" -> new CommandLine(new AckCommand(), factory);
            case "silence" -> SuppressionCommand.of(context, SuppressionCommand.Kind.SILENCE, factory);
            case "maintenance" -> SuppressionCommand.of(context, SuppressionCommand.Kind.MAINTENANCE, factory);
            case "gate" ->
                new CommandLine(new GateCommand(), factory)
                        .addSubcommand("wait", new CommandLine(new GateCommand(), factory));
            case "check" -> new CommandLine(new CheckCommand(context), factory);
            case "login" -> new CommandLine(new LoginCommand(context), factory);
            case "completion" -> new CommandLine(new CompletionCommand(context), factory);
            case "backup" -> new CommandLine(new BackupCommand(), factory);
            case "restore" -> new CommandLine(new RestoreCommand(), factory);
            case "doctor" -> new CommandLine(new DoctorCommand(context), factory);
            case COMPLETE_NAMES -> new CommandLine(new CompleteNamesCommand(), factory);
            case "token" -> new CommandLine(new TokenCommand(), factory);
            case "user" -> new CommandLine(new UserCommand(), factory);
            case "rotate-key" -> new CommandLine(new RotateKeyCommand(), factory);
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    private static IFactory factory(ClientContext context) {
        IFactory others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                Object made = null;
                if (type == MonitorAddress.class) {
                    made = new MonitorAddress(context.environment());
                } else if (type == OutputOptions.class) {
                    made = new OutputOptions(context.environment());
                } else if (type == WatchOptions.class) {
                    made = new WatchOptions(context);
                }
                return made == null ? others.create(type) : type.cast(made);
            }
        };
    }

    /** Returns the exit code of a command that failed. */
    static int failure(String name, Exception e) {
        if (DOERS.contains(name)) {
            return ExitCode.NOT_OK;
        }
        return e instanceof SocketTimeoutException ? ExitCode.TIMED_OUT : ExitCode.FAILED;
    }

    /** The command line without a subcommand. */
    @Command(
            name = "vitals",
            description = "Watches applications that register, and shows their health.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    private static final class Root implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(), "a command is required, such as serve, health or gate (see --help)");
        }
    }
}
