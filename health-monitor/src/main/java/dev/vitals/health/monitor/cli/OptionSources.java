package dev.vitals.health.monitor.cli;

import java.io.IOException;
import java.nio.file.Path;
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

/**
 * Where the value of an option comes from if the command line has none: the environment, then the file, then the
 * default.
 */
final class OptionSources implements IDefaultValueProvider {
    /** The option that names the file. */
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
     * Reads the file that the arguments name, else the environment.
     *
     * @throws IOException if it cannot be read or names what is no option of that command; says the line
     */
    static OptionSources of(Map<String, String> environment, List<String> args, CommandSpec command)
            throws IOException {
        String name = named(args).orElse(environment.get(PREFIX + "CONFIG"));
        ConfigFile file = name == null ? ConfigFile.NONE : ConfigFile.read(Path.of(name));
        for (Map.Entry<String, ConfigFile.Entry> entry : file.entries().entrySet()) {
            OptionSpec option = command.findOption("--" + entry.getKey());
            if (option == null || !isSetting(option)) {
                throw new IOException(file.place(entry.getValue()) + ": " + entry.getKey() + " is no option");
            }
        }
        return new OptionSources(environment, file);
    }

    // Needed before the command line is parsed, for that asks for the defaults.
    private static Optional<String> named(List<String> args) {
        String named = null;
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).startsWith(CONFIG + "=")) {
                named = args.get(i).substring(CONFIG.length() + 1);
            } else if (args.get(i).equals(CONFIG) && i + 1 < args.size()) {
                named = args.get(i + 1);
            }
        }
        return Optional.ofNullable(named);
    }

    /** Returns whether the option is one that can be set by all ways. */
    static boolean isSetting(OptionSpec option) {
        return !NOT_SETTINGS.contains(option.longestName());
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || !isSetting(option)) {
            return null;
        }
        String set = environment.get(variable(option));
        return set != null
                ? set
                : file.entry(key(option)).map(ConfigFile.Entry::value).orElse(null);
    }

    /** Returns where the value comes from that {@link #defaultValue} gives; empty if it gives none. */
    Optional<String> origin(OptionSpec option) {
        if (!isSetting(option)) {
            return Optional.empty();
        }
        return environment.containsKey(variable(option))
                ? Optional.of("environment " + variable(option))
                : file.entry(key(option)).map(entry -> "file " + file.place(entry));
    }

    /** Returns which place gave the value that was refused, in brackets; empty if it was the command line. */
    static String originOf(ParameterException e) {
        if (e.getArgSpec() instanceof OptionSpec option
                && e.getValue() != null
                && e.getCommandLine().getDefaultValueProvider() instanceof OptionSources sources
                && e.getValue().equals(sources.defaultValue(option))) {
            return sources.origin(option).map(place -> " (" + place + ")").orElse("");
        }
        return "";
    }

    /** Returns the value that the environment or the file gives. */
    static @Nullable String given(CommandLine line, OptionSpec option) {
        return line.getDefaultValueProvider() instanceof OptionSources sources ? sources.defaultValue(option) : null;
    }

    private static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** Returns the name of the environment's variable: {@code VITALS_MONITOR_FORGET_AFTER} for {@code --forget-after}. */
    static String variable(OptionSpec option) {
        return PREFIX + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
