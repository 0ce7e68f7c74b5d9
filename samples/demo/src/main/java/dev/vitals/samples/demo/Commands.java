package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Does what the person types. The end of the input is no command: the demo goes on. */
final class Commands {
    private final Fleet fleet;
    private final Screen screen;
    private final Supplier<String> status;
    private final Supplier<String> help;

    Commands(Fleet fleet, Screen screen, Supplier<String> status, Supplier<String> help) {
        this.fleet = fleet;
        this.screen = screen;
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
            case "status" -> screen.say(status.get());
            case "help" -> screen.say(help.get());
            case "quit" -> System.exit(0);
            case "kill", "stop", "start" -> {
                Optional<App> app = App.named(name);
                if (app.isPresent()) {
                    control(words[0], app.get());
                } else {
                    screen.say(words[0] + " needs one of monitor, orders, inventory, was '" + name + "'");
                }
            }
            default ->
                screen.say("unknown command '" + words[0]
                        + "'; there are status, kill NAME, stop NAME, start NAME, help, quit");
        }
    }

    private void control(String action, App app) throws IOException, InterruptedException {
        AppProcess process = fleet.get(app);
        boolean done = switch (action) {
            case "start" -> process.start();
            case "kill" -> process.kill();
            default -> process.stop();
        };
        if (!done) {
            screen.say(app.word() + (action.equals("start") ? " runs already" : " does not run"));
        } else if (action.equals("start")) {
            screen.say(app.word() + " started, pid " + process.pid().orElse(0));
        } else {
            screen.say(consequence(action, app) + "; to bring it back: start " + app.word());
        }
    }

    private static String consequence(String action, App app) {
        if (app == App.MONITOR) {
            return "monitor " + (action.equals("kill") ? "killed" : "stopped")
                    + "; orders and inventory go on, and what it knew is in its database";
        }
        return action.equals("kill")
                ? app.word() + " killed, as in a crash; the monitor polls it on and turns DEGRADED, then UNHEALTHY"
                : app.word() + " stopped in order; it has deregistered itself, so the monitor lists it no longer";
    }
}
