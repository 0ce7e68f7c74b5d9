package dev.vitals.samples.demo;

import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the person sees. Says nothing of the apps until they are up, nor when all is being stopped. Thread-safe. */
final class Screen {
    private static final Pattern LOGGED =
            Pattern.compile("[0-9-]{10}T([0-9:]{8})\\S* (INFO|WARN|ERROR) +\\S+ - (.*)", Pattern.DOTALL);

    private final PrintStream out;
    private final PrintStream err;
    private volatile boolean chatty;
    private volatile boolean stopping;

    Screen(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    /** Says something that happened, unless all is being stopped. */
    void happened(String text) {
        if (!stopping) {
            say(text);
        }
    }

    /** Says why the demo cannot go on, unless all is being stopped. */
    void fail(@Nullable String why) {
        if (!stopping) {
            err.println(why);
        }
    }

    /** Shows the line of an app's log if it begins an entry of INFO or above; the rest is in the file. */
    void show(App app, String line) {
        Matcher entry = LOGGED.matcher(line);
        if (!chatty || stopping || !entry.matches()) {
            return;
        }
        String level = entry.group(2).equals("INFO") ? "" : entry.group(2) + " ";
        say("%s [%s] %s%s".formatted(entry.group(1), app.word(), level, entry.group(3)));
    }

    void up() {
        chatty = true;
    }

    void stopping() {
        stopping = true;
    }
}
