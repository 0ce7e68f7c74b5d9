package dev.vitals.samples.demo;

import java.io.IOException;
import java.util.Arrays;

/** Runs the main class that is named first, and ends in order when the demo is gone, however that came. */
final class Child {
    private Child() {}

    /** Takes the name of the main class and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        leaveCtrlCToTheDemo();
        Thread watch = new Thread(Child::endWithTheDemo, "demo-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    // A terminal tells the whole group of processes. The demo then ends the apps before the monitor, so that they can
    // deregister. By reflection: javac warns of this class, though the JDK supports it, and nothing else does this.
    private static void leaveCtrlCToTheDemo() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        signal.getMethod("handle", signal, handler)
                .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    }

    // Standard input is a pipe from the demo, which never writes: it ends when that process does, even by kill -9.
    private static void endWithTheDemo() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("lost the demo: " + e.getMessage());
        }
        System.exit(0);
    }
}
