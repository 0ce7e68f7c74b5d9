package dev.vitals.health.monitor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands, options and the names of targets. */
@Command(
        name = "completion",
        description = {
            "Prints the script by which a shell completes commands, options and the names of targets.",
            "bash: source <(vitals completion bash). zsh: vitals completion zsh > a directory of fpath, as _vitals."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CompletionCommand implements Callable<Integer> {
    private static final String WITH_NAMES = "health|targets|silence|maintenance";

    private static final String BASH = """
            # Completion of vitals for bash: source <(vitals completion bash)
            _vitals() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=
                COMPREPLY=()
                if [ "$COMP_CWORD" -eq 1 ]; then
                    words='@COMMANDS@'
                elif [ "$prev" = -o ] || [ "$prev" = --output ]; then
                    words='table wide json jsonl name'
                elif [ "$prev" = --state ]; then
                    words='healthy degraded unhealthy unknown'
                elif [ "$prev" = --color ]; then
                    words='auto always never'
                elif case $prev in @FILES@) true ;; *) false ;; esac; then
                    return
                elif [ "${cur#-}" != "$cur" ]; then
                    case $command in
            @OPTIONS@
                    esac
                else
                    case $command in
            @SUBCOMMANDS@
                    esac
                    case $command in
                        @NAMED@) words="$words $("${COMP_WORDS[0]}" complete-names 2>/dev/null)" ;;
                    esac
                fi
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _vitals vitals
            """;

    private static final String ZSH = """
            #compdef vitals
            # Completion of vitals for zsh: vitals completion zsh > _vitals in a directory of fpath
            _vitals() {
                local command=$words[2] cur=$words[CURRENT] prev=$words[CURRENT-1] found=
                if (( CURRENT == 2 )); then
                    found='@COMMANDS@'
                elif [[ $prev == -o || $prev == --output ]]; then
                    found='table wide json jsonl name'
                elif [[ $prev == --state ]]; then
                    found='healthy degraded unhealthy unknown'
                elif [[ $prev == --color ]]; then
                    found='auto always never'
                elif [[ $prev == (@FILES@) ]]; then
                    _files
                    return
                elif [[ $cur == -* ]]; then
                    case $command in
            @OPTIONS@
                    esac
                else
                    case $command in
            @SUBCOMMANDS@
                    esac
                    case $command in
                        @NAMED@) found="$found $($words[1] complete-names 2>/dev/null)" ;;
                    esac
                fi
                if [[ -n ${found// } ]]; then
                    compadd -- ${=found}
                else
                    _files
                fi
            }
            if [[ $funcstack[1] == _vitals ]]; then
                _vitals "$@"
            else
                compdef _vitals vitals
            fi
            """;

    private final ClientContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String shell;

    CompletionCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = switch (shell) {
            case "bash" -> filled(BASH, "words");
            case "zsh" -> filled(ZSH, "found");
            default ->
                throw new ParameterException(spec.commandLine(), "SHELL: must be bash or zsh, was '" + shell + "'");
        };
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private String filled(String script, String variable) {
        Map<String, CommandLine> commands = Commands.line(context, "").getSubcommands();
        List<String> options = new ArrayList<>();
        List<String> subcommands = new ArrayList<>(List.of("            completion) " + variable + "='bash zsh' ;;"));
        Set<String> files = new LinkedHashSet<>();
        commands.forEach((name, command) -> {
            command.getCommandSpec().options().stream()
                    .filter(option -> option.type() == Path.class)
                    .forEach(option -> files.addAll(List.of(option.names())));
            Set<String> names = new LinkedHashSet<>(longNames(command));
            command.getSubcommands().values().forEach(inner -> names.addAll(longNames(inner)));
            options.add("            " + name + ") " + variable + "='" + String.join(" ", names) + "' ;;");
            if (!command.getSubcommands().isEmpty()) {
                subcommands.add("            " + name + ") " + variable + "='"
                        + String.join(" ", command.getSubcommands().keySet()) + "' ;;");
            }
        });
        return script.replace("@COMMANDS@", String.join(" ", Commands.NAMES))
                .replace("@OPTIONS@", String.join("\n", options))
                .replace("@SUBCOMMANDS@", String.join("\n", subcommands))
                .replace("@FILES@", String.join("|", files))
                .replace("@NAMED@", WITH_NAMES);
    }

    private static List<String> longNames(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            for (String name : option.names()) {
                if (name.startsWith("--") && !option.hidden()) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
