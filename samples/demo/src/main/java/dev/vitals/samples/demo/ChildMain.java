package dev.vitals.samples.demo;

import java.io.IOException;
import java.util.Arrays;

/** Runs an app in its JVM, and ends it in order when the demo has ended in any way. */
final class ChildMain {
    private ChildMain() {}

    /** Takes the name of the main class, and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        ignoreCtrlC();
        Thread watch = new Thread(ChildMain::endWithTheDemo, "demo-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    // A terminal sends Ctrl-C to the whole group of processes. The demo then stops the apps before the monitor, so that
    // they can deregister. By reflection: javac warns about this class, although the JDK supports it and has no other.
    private static void ignoreCtrlC() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        signal.getMethod("handle", signal, handler)
                .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    }

    // Standard input is a pipe from the demo, which never writes. It ends when the demo does, even after kill -9.
    private static void endWithTheDemo() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("cannot watch the demo: " + e.getMessage());
        }
        System.exit(0);
    }
}
