package dev.vitals.health.monitor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand, which says what there is. */
@Command(
        name = "health-monitor",
        description = "Watches applications that register, and says how they are.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        subcommands = {TokenCommand.class, UserCommand.class, RotateKeyCommand.class})
final class MonitorCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed, such as serve or gate (see --help)");
    }
}
