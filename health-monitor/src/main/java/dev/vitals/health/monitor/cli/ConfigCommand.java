package dev.vitals.health.monitor.cli;

import dev.vitals.health.internal.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Prints the settings of {@code serve} and the source of each. */
@Command(
        name = "config",
        description = "Prints the settings that serve would use, and the source of each: the command line wins over the"
                + " environment, the environment over the file, and the file over the default. Takes the options of"
                + " serve.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ConfigCommand implements Callable<Integer> {
    private static final Pattern SECRET = Pattern.compile(".*(password|token|secret)");
    private static final String MASK = "******";

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true, description = "options of serve")
    private List<String> args = new ArrayList<>();

    private record Setting(String name, String value, String origin) {}

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandLine serve = new CommandLine(new ServeCommand());
        OptionSources sources = sources(serve.getCommandSpec());
        PrintWriter err = spec.commandLine().getErr();
        sources.unknownVariables(serve.getCommandSpec()).forEach(warning -> err.println("vitals monitor: " + warning));
        serve.setDefaultValueProvider(sources);
        ParseResult parsed = serve.parseArgs(args.toArray(String[]::new));
        List<Setting> settings = serve.getCommandSpec().options().stream()
                .filter(OptionSources::isSetting)
                .map(option -> setting(option, parsed, sources))
                .toList();
        print(settings, spec.commandLine().getOut());
        return 0;
    }

    private OptionSources sources(CommandSpec serve) {
        try {
            return OptionSources.of(environment, args, serve);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Setting setting(OptionSpec option, ParseResult parsed, OptionSources sources) {
        String name = option.longestName();
        String origin = parsed.hasMatchedOption(name)
                ? "command line"
                : sources.origin(option).orElse("default");
        String text = text(option.getValue());
        return new Setting(name, SECRET.matcher(name).matches() && !text.isEmpty() ? MASK : text, origin);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(ConfigCommand::text).collect(Collectors.joining(","));
        }
        if (value instanceof Duration time) {
            return DurationText.print(time);
        }
        return Objects.toString(value, "");
    }

    private static void print(List<Setting> settings, PrintWriter out) {
        int names = width(settings.stream().map(Setting::name).toList());
        int values = width(settings.stream().map(Setting::value).toList());
        for (Setting one : settings) {
            out.printf("%-" + names + "s  %-" + values + "s  %s%n", one.name(), one.value(), one.origin());
        }
        out.flush();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }
}
