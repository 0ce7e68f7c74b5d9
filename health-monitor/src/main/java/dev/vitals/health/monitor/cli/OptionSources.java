package dev.vitals.health.monitor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The sources of an option that the command line does not set: first the environment, then the file. */
final class OptionSources implements IDefaultValueProvider {
    /** The option with the path of the file. */
    static final String CONFIG = "--config";

    private static final String PREFIX = "VITALS_MONITOR_";
    private static final List<String> NOT_SETTINGS = List.of(CONFIG, "--help", "--version");

    private final Map<String, String> environment;
    private final ConfigFile file;

    private OptionSources(Map<String, String> environment, ConfigFile file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the file that the arguments name, or else the environment.
     *
     * @throws IOException if the file cannot be read or has an entry that is not an option of the command
     */
    static OptionSources of(Map<String, String> environment, List<String> args, CommandSpec command)
            throws IOException {
        String name = fileName(args).orElse(environment.get(PREFIX + "CONFIG"));
        ConfigFile file = name == null ? ConfigFile.NONE : ConfigFile.read(Path.of(name));
        for (Map.Entry<String, ConfigFile.Entry> entry : file.entries().entrySet()) {
            OptionSpec option = command.findOption("--" + entry.getKey());
            if (option == null || !isSetting(option)) {
                List<String> names =
                        settings(command).stream().map(OptionSources::key).toList();
                throw new IOException(file.place(entry.getValue()) + ": " + entry.getKey() + " is not an option"
                        + DidYouMean.hint(entry.getKey(), names));
            }
        }
        return new OptionSources(environment, file);
    }

    private static List<OptionSpec> settings(CommandSpec command) {
        return command.options().stream().filter(OptionSources::isSetting).toList();
    }

    /** Returns a warning for each variable of the environment that looks like an option of the command and is none. */
    List<String> unknownVariables(CommandSpec command) {
        List<String> known = new ArrayList<>(List.of(PREFIX + "CONFIG"));
        settings(command).forEach(option -> known.add(variable(option)));
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> "the environment variable " + name + " is ignored, because there is no such option"
                        + DidYouMean.hint(name, known))
                .toList();
    }

    // Before the command line is parsed, because parsing asks for the defaults.
    private static Optional<String> fileName(List<String> args) {
        String name = null;
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).startsWith(CONFIG + "=")) {
                name = args.get(i).substring(CONFIG.length() + 1);
            } else if (args.get(i).equals(CONFIG) && i + 1 < args.size()) {
                name = args.get(i + 1);
            }
        }
        return Optional.ofNullable(name);
    }

    /** Returns whether the environment and the file can set the option. */
    static boolean isSetting(OptionSpec option) {
        return !NOT_SETTINGS.contains(option.longestName());
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || !isSetting(option)) {
            return null;
        }
        String value = environment.get(variable(option));
        return value != null
                ? value
                : file.entry(key(option)).map(ConfigFile.Entry::value).orElse(null);
    }

    /** Returns the source of {@link #defaultValue}; empty if there is no such value. */
    Optional<String> origin(OptionSpec option) {
        if (!isSetting(option)) {
            return Optional.empty();
        }
        return environment.containsKey(variable(option))
                ? Optional.of("environment " + variable(option))
                : file.entry(key(option)).map(entry -> "file " + file.place(entry));
    }

    /** Returns the source of the invalid value in brackets; empty if that was the command line. */
    static String originOf(ParameterException e) {
        if (e.getArgSpec() instanceof OptionSpec option
                && e.getValue() != null
                && e.getCommandLine().getDefaultValueProvider() instanceof OptionSources sources
                && e.getValue().equals(sources.defaultValue(option))) {
            return sources.origin(option).map(source -> " (" + source + ")").orElse("");
        }
        return "";
    }

    /** Returns the value from the environment or the file; null if neither sets the option. */
    static @Nullable String given(CommandLine line, OptionSpec option) {
        return line.getDefaultValueProvider() instanceof OptionSources sources ? sources.defaultValue(option) : null;
    }

    private static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** Returns the name of the environment variable: {@code VITALS_MONITOR_FORGET_AFTER} for {@code --forget-after}. */
    static String variable(OptionSpec option) {
        return PREFIX + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
