package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the typed commands. At the end of the input the demo keeps running. */
final class Commands {
    private final DemoProcesses processes;
    private final Console console;
    private final Supplier<String> status;
    private final Supplier<String> help;

    Commands(DemoProcesses processes, Console console, Supplier<String> status, Supplier<String> help) {
        this.processes = processes;
        this.console = console;
        this.status = status;
        this.help = help;
    }

    void readFrom(BufferedReader input) throws IOException, InterruptedException {
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (!line.isBlank()) {
                execute(line.strip().split("\\s+", 2));
            }
        }
    }

    private void execute(String[] words) throws IOException, InterruptedException {
        String name = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "status" -> console.say(status.get());
            case "help" -> console.say(help.get());
            case "quit" -> System.exit(0);
            case "kill", "stop", "start" -> {
                Optional<App> app = App.named(name);
                if (app.isPresent()) {
                    control(words[0], app.get());
                } else {
                    console.say(words[0] + " needs one of monitor, orders, inventory, was '" + name + "'");
                }
            }
            default ->
                console.say("unknown command '" + words[0]
                        + "'; commands are status, kill NAME, stop NAME, start NAME, help, quit");
        }
    }

    private void control(String action, App app) throws IOException, InterruptedException {
        AppProcess process = processes.get(app);
        boolean done = switch (action) {
            case "start" -> process.start();
            case "kill" -> process.kill();
            default -> process.stop();
        };
        if (!done) {
            console.say(app.word() + (action.equals("start") ? " is running already" : " is not running"));
        } else if (action.equals("start")) {
            console.say(app.word() + " started, pid " + process.pid().orElse(0));
        } else {
            console.say(effect(action, app) + "; to start it again: start " + app.word());
        }
    }

    private static String effect(String action, App app) {
        if (app == App.MONITOR) {
            return "monitor " + (action.equals("kill") ? "killed" : "stopped")
                    + "; orders and inventory keep running, and its data is in its database";
        }
        return action.equals("kill")
                ? app.word()
                        + " killed, as in a crash; the monitor continues to poll it and shows DEGRADED, then UNHEALTHY"
                : app.word() + " stopped in order; it has deregistered, so the monitor does not list it any more";
    }
}
