package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.Timings;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Polls a URL once from here, as the monitor would, and says how to watch it. */
@Command(
        name = "check",
        description = {
            "Polls a URL once from here, as the monitor would: shows phases, form of the answer and verdict, and how to"
                    + " watch it. A URL without a path is tried at the usual paths.",
            "Exit codes: 0 passes, 1 warns or fails, 3 there is no answer, 64 wrong use."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CheckCommand implements Callable<Integer> {
    private static final List<String> USUAL_PATHS =
            List.of("/_health", "/actuator/health", "/q/health", "/health", "/healthz");
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private final ClientContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private OutputOptions output;

    @Parameters(paramLabel = "URL", description = "An http or https URL; without a scheme, http is meant.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String url;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "5s",
            description = "Longest time of a poll, 2s to 60s (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(5);

    CheckCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout: must be from 2s to 60s, was " + DurationText.print(timeout));
        }
        URI uri = uri();
        String base = uri.getScheme() + "://" + uri.getRawAuthority();
        UrlTrial.Seen seen;
        try (UrlTrial trial = new UrlTrial(context.clock())) {
            seen = look(trial, base, uri.getRawPath());
        } catch (InvalidFieldsException e) {
            throw new ParameterException(spec.commandLine(), "URL: " + e.getMessage(), e);
        }
        ObjectNode document = document(base, seen);
        new Shown(
                        output.isTable() ? lines(base, seen) : List.of(),
                        document,
                        List.of(document),
                        List.of(base + seen.path()),
                        ExitCode.OK)
                .print(output);
        return exitCode(seen);
    }

    private URI uri() {
        try {
            URI uri = URI.create(url.contains("://") ? url : "http://" + url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getRawAuthority() != null && List.of("http", "https").contains(scheme)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "URL: must be an http or https URL with a host, was " + url, e);
        }
        throw new ParameterException(spec.commandLine(), "URL: must be an http or https URL with a host, was " + url);
    }

    private UrlTrial.Seen look(UrlTrial trial, String base, String path) throws InterruptedException {
        if (path != null && path.length() > 1) {
            return trial.look(base, path, timeout);
        }
        UrlTrial.Seen first = trial.look(base, USUAL_PATHS.get(0), timeout);
        UrlTrial.Seen seen = first;
        for (String usual : USUAL_PATHS.subList(1, USUAL_PATHS.size())) {
            if (seen.exchange() == null || seen.exchange().answer().isEmpty() || isHealth(seen)) {
                return seen;
            }
            seen = trial.look(base, usual, timeout);
        }
        return isHealth(seen) ? seen : first;
    }

    private static boolean isHealth(UrlTrial.Seen seen) {
        return answer(seen).filter(answer -> answer.status() != 404).isPresent()
                && seen.exchange() != null
                && seen.exchange().judgedBy().filter("body"::equals).isPresent();
    }

    private static Optional<HttpAnswer> answer(UrlTrial.Seen seen) {
        return Optional.ofNullable(seen.exchange()).flatMap(ExchangeResult::answer);
    }

    private static int exitCode(UrlTrial.Seen seen) {
        if (answer(seen).isEmpty()) {
            return ExitCode.FAILED;
        }
        return seen.result().code() == Outcome.Code.OK ? ExitCode.OK : ExitCode.NOT_OK;
    }

    private static String dialect(HttpAnswer answer) {
        return Dialect.of(
                answer.header("Content-Type").orElse(""), answer.body().bytes());
    }

    private static Map<String, Duration> phases(UrlTrial.Seen seen) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        if (seen.exchange() != null) {
            Timings timings = seen.exchange().timings();
            timings.resolving().ifPresent(time -> phases.put("resolving", time));
            timings.connecting().ifPresent(time -> phases.put("connecting", time));
            timings.securing().ifPresent(time -> phases.put("securing", time));
            timings.answering().ifPresent(time -> phases.put("answering", time));
            phases.put("total", timings.total());
        }
        return phases;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static String address(UrlTrial.Seen seen) {
        InetSocketAddress address = seen.exchange() == null
                ? null
                : seen.exchange().timings().address().orElse(null);
        return address == null ? "none" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private ObjectNode document(String base, UrlTrial.Seen seen) {
        PollResult result = seen.result();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("url", base + seen.path())
                .put("time", Rfc3339.text(result.time()))
                .put("code", result.code().name())
                .put("message", result.message())
                .put("address", address(seen));
        ObjectNode millis = document.putObject("phasesMs");
        phases(seen).forEach((name, time) -> millis.put(name, new BigDecimal(millis(time))));
        answer(seen)
                .ifPresent(answer -> document.put("httpStatus", answer.status())
                        .put("contentType", answer.header("Content-Type").orElse(null))
                        .put("dialect", dialect(answer))
                        .put(
                                "judgedBy",
                                seen.exchange() == null
                                        ? null
                                        : seen.exchange().judgedBy().orElse(null)));
        return document;
    }

    private List<String> lines(String base, UrlTrial.Seen seen) {
        PollResult result = seen.result();
        Paint paint = output.paint();
        String word = switch (result.code()) {
            case OK -> "pass";
            case WARNING -> "warn";
            case ERROR -> "fail";
        };
        String message = result.message();
        List<String> lines = new ArrayList<>();
        lines.add(paint.state(word, word) + "  " + Table.clean(base + seen.path())
                + (message == null ? "" : ": " + Table.clean(message)));
        lines.add("  address   " + address(seen));
        List<String> phases = new ArrayList<>();
        phases(seen).forEach((name, time) -> phases.add(name + " " + millis(time) + " ms"));
        lines.add("  phases    " + String.join(", ", phases));
        answer(seen).ifPresent(answer -> {
            lines.add("  answer    HTTP " + answer.status() + ", "
                    + Table.clean(answer.header("Content-Type").orElse("no content type")) + ", "
                    + answer.body().bytes().length + " bytes");
            lines.add("  form      " + dialect(answer));
        });
        if (!result.components().isEmpty()) {
            Table table = new Table(List.of("STATUS", "COMPONENT", "OUTPUT"));
            result.components()
                    .forEach(component -> table.row(List.of(
                            Table.state(component.status().name().toLowerCase(Locale.ROOT)),
                            Table.cell(component.name()),
                            Table.cell(component.output() == null ? "" : component.output()))));
            lines.add("");
            lines.addAll(table.lines(output.width(), paint));
        }
        if (answer(seen).isPresent()) {
            lines.addAll(advice(base, seen));
        }
        return lines;
    }

    private static List<String> advice(String base, UrlTrial.Seen seen) {
        URI uri = URI.create(base);
        String name = String.valueOf(uri.getHost()).matches("[A-Za-z][A-Za-z0-9-]*") ? uri.getHost() : "app";
        String quoted = "'" + Table.clean(base).replace("'", "''") + "'";
        String check = isHealth(seen)
                ? "{type: health, url: " + quoted + ", health_path: '" + Table.clean(seen.path()) + "'}"
                : "{type: http, url: '" + Table.clean(base + seen.path()).replace("'", "''") + "'}";
        return List.of(
                "",
                "In the file of services:",
                "  " + name + ":",
                "    health_check: " + check,
                "",
                "Or in the app itself, with health-client:",
                "  MonitorClient.builder(URI.create(\"http://127.0.0.1:8180\")).app(\"" + name + "\").url(URI.create(\""
                        + Table.clean(base) + "\"))",
                "      .tokenFile(Path.of(\"registrar.token\")).start();");
    }
}
