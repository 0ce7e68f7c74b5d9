package dev.vitals.health.monitor.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Tells what the standard output is, by what the start script and the environment say. */
final class Terminals {
    /** Set by the start script: {@code true} if the standard output is a terminal. */
    static final String IS_TERMINAL = "vitals.terminal";

    /** Set by the start script: the width of the terminal. */
    static final String WIDTH = "vitals.columns";

    private static final int MIN_WIDTH = 40;

    private Terminals() {}

    /** Returns whether the standard output is a terminal that a person looks at. */
    static boolean isTerminal() {
        String known = System.getProperty(IS_TERMINAL);
        return known == null ? hasConsole() : Boolean.parseBoolean(known);
    }

    // From JDK 22 on there is a console without a terminal too, and a method that tells.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Returns the width of the terminal in columns; a very large one if it is not known. */
    static int width(Map<String, String> environment) {
        String known = System.getProperty(WIDTH, environment.getOrDefault("COLUMNS", ""));
        int width = known.matches("[0-9]{1,5}") ? Integer.parseInt(known) : 0;
        return width < MIN_WIDTH ? Integer.MAX_VALUE : width;
    }

    /**
     * Returns whether to colour the output.
     *
     * @param choice auto, always or never
     */
    static boolean colours(String choice, boolean terminal, Map<String, String> environment) {
        if (!choice.equals("auto")) {
            return choice.equals("always");
        }
        if (isSet(environment, "NO_COLOR")) {
            return false;
        }
        if (isSet(environment, "CLICOLOR_FORCE") && !"0".equals(environment.get("CLICOLOR_FORCE"))) {
            return true;
        }
        return terminal && !"dumb".equals(environment.get("TERM")) && !"0".equals(environment.get("CLICOLOR"));
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
