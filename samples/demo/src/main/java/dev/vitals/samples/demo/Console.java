package dev.vitals.samples.demo;

import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints to the terminal. Shows the logs of the apps only between start and stop of the demo. Thread-safe. */
final class Console {
    private static final Pattern LOGGED =
            Pattern.compile("[0-9-]{10}T([0-9:]{8})\\S* (INFO|WARN|ERROR) +\\S+ - (.*)", Pattern.DOTALL);

    private final PrintStream out;
    private final PrintStream err;
    private volatile boolean logsShown;
    private volatile boolean stopping;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    /** Prints an event, unless the demo is stopping. */
    void happened(String text) {
        if (!stopping) {
            say(text);
        }
    }

    /** Prints why the demo cannot continue, unless it is stopping. */
    void fail(@Nullable String why) {
        if (!stopping) {
            err.println(why);
        }
    }

    /** Prints a line of an app's log if it is the first of an entry at INFO or above; the file has the others. */
    void show(App app, String line) {
        Matcher entry = LOGGED.matcher(line);
        if (!logsShown || stopping || !entry.matches()) {
            return;
        }
        String level = entry.group(2).equals("INFO") ? "" : entry.group(2) + " ";
        say("%s [%s] %s%s".formatted(entry.group(1), app.word(), level, entry.group(3)));
    }

    void showLogs() {
        logsShown = true;
    }

    void stopping() {
        stopping = true;
    }
}
