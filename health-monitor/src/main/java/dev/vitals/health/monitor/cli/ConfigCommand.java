package dev.vitals.health.monitor.cli;

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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Says with which values the monitor would run, and where each comes from. */
@Command(
        name = "config",
        description = "Prints the values that serve would run with, and where each comes from: the command line, then"
                + " the environment, then the file, then the default. Takes serve's options.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ConfigCommand implements Callable<Integer> {
    private static final Pattern SECRET = Pattern.compile(".*(password|token|secret)");
    private static final String MASK = "******";

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true, description = "serve's options")
    private List<String> args = new ArrayList<>();

    private record Line(String name, String value, String origin) {}

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine serve = new CommandLine(new ServeCommand());
        OptionSources sources = OptionSources.of(environment, args, serve.getCommandSpec());
        serve.setDefaultValueProvider(sources);
        ParseResult parsed = serve.parseArgs(args.toArray(String[]::new));
        List<Line> lines = serve.getCommandSpec().options().stream()
                .filter(OptionSources::isSetting)
                .map(option -> line(option, parsed, sources))
                .toList();
        print(lines, spec.commandLine().getOut());
        return 0;
    }

    private static Line line(OptionSpec option, ParseResult parsed, OptionSources sources) {
        String name = option.longestName();
        String origin = parsed.hasMatchedOption(name)
                ? "command line"
                : sources.origin(option).orElse("default");
        String text = text(option.getValue());
        return new Line(name, SECRET.matcher(name).matches() && !text.isEmpty() ? MASK : text, origin);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(ConfigCommand::text).collect(Collectors.joining(","));
        }
        if (value instanceof Duration time) {
            return TimeSpan.text(time);
        }
        return Objects.toString(value, "");
    }

    private static void print(List<Line> lines, PrintWriter out) {
        int names = width(lines.stream().map(Line::name).toList());
        int values = width(lines.stream().map(Line::value).toList());
        for (Line line : lines) {
            out.printf("%-" + names + "s  %-" + values + "s  %s%n", line.name(), line.value(), line.origin());
        }
        out.flush();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }
}
