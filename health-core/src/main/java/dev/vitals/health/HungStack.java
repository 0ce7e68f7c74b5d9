package dev.vitals.health;

import org.jspecify.annotations.Nullable;

/** Describes in a few words where a thread hangs. */
final class HungStack {
    private HungStack() {}

    /** Returns the place in the check's own class, and the top of the stack if that is another place. */
    static String of(@Nullable Thread worker, HealthCheck check) {
        if (worker == null) {
            return "waiting for a thread";
        }
        StackTraceElement[] stack = worker.getStackTrace();
        if (stack.length == 0) {
            return "at an unknown place";
        }
        String top = place(stack[0]);
        String owner = ownerOf(check);
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(owner)) {
                String own = place(frame);
                return own.equals(top) ? "at " + top : "at " + own + ", in " + top;
            }
        }
        return "at " + top;
    }

    // The class of a lambda is named after the class in which it was written.
    private static String ownerOf(HealthCheck check) {
        Class<?> type = check instanceof AsyncCheck async ? async.owner() : check.getClass();
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    private static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }
}
