package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a command ends with the expected exit code.
 *
 * <p>The command is a list of arguments, not a line for a shell. Its input is empty. Its output, errors included, is read
 * so that it cannot block. Data: {@code exitCode}, and {@code output}, the first 1,000 characters (UTF-8). Messages show
 * the program but not its arguments, which may be secret.
 *
 * <p>Another exit code, a command that cannot be started, and one that does not end within the timeout are ERROR. At the
 * timeout, or when the thread is interrupted, the process and its descendants are killed. Processes that the command left
 * in the background before it ended cannot be found, and keep running.
 *
 * <p>A run costs a process; choose a long interval. It needs no second thread.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class ExecIndicator implements HealthCheck {
    private static final int MAX_ARGUMENTS = 1_000;
    private static final int MAX_EXIT = 255;

    private final List<String> command;
    private final int expectedExit;
    private final Duration timeout;
    private final @Nullable Path workingDirectory;
    private final boolean plugin;
    private final boolean ownGroup;

    private ExecIndicator(
            List<String> command,
            int expectedExit,
            Duration timeout,
            @Nullable Path workingDirectory,
            boolean plugin,
            boolean ownGroup) {
        this.ownGroup = ownGroup;
        this.command = command;
        this.expectedExit = expectedExit;
        this.timeout = timeout;
        this.workingDirectory = workingDirectory;
        this.plugin = plugin;
    }

    /**
     * Returns a check that expects the command to exit with 0 within 2 s.
     *
     * @param command the program and its arguments: 1 to 1,000 strings without NUL, the first one not blank
     * @throws IllegalArgumentException if the command is not of this form
     */
    public static ExecIndicator of(List<String> command) {
        List<String> copy = List.copyOf(Objects.requireNonNull(command, "command"));
        if (copy.isEmpty() || copy.size() > MAX_ARGUMENTS) {
            throw new IllegalArgumentException(
                    "command must have 1 to " + MAX_ARGUMENTS + " elements, had " + copy.size());
        }
        if (copy.get(0).isBlank()) {
            throw new IllegalArgumentException("command must start with a program, was " + Require.shown(copy.get(0)));
        }
        for (int index = 0; index < copy.size(); index++) {
            if (copy.get(index).indexOf('\0') >= 0) {
                throw new IllegalArgumentException("command must not contain NUL, was at element " + index);
            }
        }
        return new ExecIndicator(copy, 0, Deadline.DEFAULT_TIMEOUT, null, false, false);
    }

    /** Does the same as {@link #of(List)}, with the program and its arguments. */
    public static ExecIndicator of(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Objects.requireNonNull(program, "program"));
        for (String argument : Objects.requireNonNull(arguments, "arguments")) {
            command.add(Objects.requireNonNull(argument, "argument"));
        }
        return of(command);
    }

    /**
     * Returns a copy that expects this exit code; default 0.
     *
     * @throws IllegalArgumentException if it is not from 0 to 255
     */
    public ExecIndicator expectedExit(int expectedExit) {
        int exit = Require.range("expectedExit", expectedExit, 0, MAX_EXIT);
        return new ExecIndicator(command, exit, timeout, workingDirectory, false, ownGroup);
    }

    /**
     * Returns a copy that allows the command this long; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public ExecIndicator timeout(Duration timeout) {
        return new ExecIndicator(
                command, expectedExit, Deadline.requireTimeout(timeout), workingDirectory, plugin, ownGroup);
    }

    /** Returns a copy that runs the command in this directory; default is that of the JVM. It is looked up at each run. */
    public ExecIndicator workingDirectory(Path workingDirectory) {
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        return new ExecIndicator(command, expectedExit, timeout, workingDirectory, plugin, ownGroup);
    }

    /**
     * Returns a copy that reads the exit code as that of a monitoring plugin: 0 is OK, 1 WARNING, 2 and all others ERROR,
     * of which 3 means unknown. The first line of the output is the message.
     */
    public ExecIndicator monitoringPlugin() {
        return new ExecIndicator(command, 0, timeout, workingDirectory, true, ownGroup);
    }

    /**
     * Returns a copy that runs the command in a new process group, if the system has {@code setsid}. At the timeout the
     * whole group is killed, including processes that the command's children left behind. Elsewhere nothing changes.
     */
    public ExecIndicator ownGroup() {
        return new ExecIndicator(command, expectedExit, timeout, workingDirectory, plugin, true);
    }

    @Override
    public Outcome run() throws InterruptedException {
        if (workingDirectory != null && !Files.isDirectory(workingDirectory)) {
            return Outcome.error("no such working directory: " + workingDirectory);
        }
        Deadline deadline = Deadline.in(timeout);
        try (ChildProcess child = ChildProcess.start(command, workingDirectory, ownGroup)) {
            Outcome outcome = child.waitUntil(deadline)
                    ? judge(child.exitCode(), child.output())
                    : Outcome.error(program() + " did not end " + deadline);
            String output = child.output();
            return output.isEmpty() ? outcome : outcome.with("output", output);
        } catch (IOException e) {
            return Outcome.error("cannot run " + program() + ": no such command, or not allowed to run it");
        }
    }

    private Outcome judge(int exit, String output) {
        return (plugin ? asPlugin(exit, output) : asExpected(exit)).with("exitCode", exit);
    }

    private Outcome asExpected(int exit) {
        return exit == expectedExit
                ? Outcome.ok()
                : Outcome.error(program() + " exited with " + exit + ", expected " + expectedExit);
    }

    private Outcome asPlugin(int exit, String output) {
        String message = output.lines().findFirst().orElse(program() + " exited with " + exit);
        return switch (exit) {
            case 0 -> Outcome.ok(message);
            case 1 -> Outcome.warning(message);
            default -> Outcome.error(exit == 2 ? message : "unknown: " + message);
        };
    }

    private String program() {
        return Require.shown(command.get(0));
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
