package dev.vitals.health.monitor.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal SIGHUP, by which operators and logrotate ask a program to read its files again; without a handler it would end
 * the JVM. The class for it is in each JDK, but not in the platform, so it is used by reflection.
 */
final class HangUp {
    private static final Logger log = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /**
     * Runs the action at each SIGHUP from now on. Returns false on systems without that signal, and if the process was told to
     * ignore it, as nohup does.
     */
    static boolean handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "the handler of SIGHUP";
                        };
                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            Object before = signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
            return before != handler.getField("SIG_IGN").get(null);
        } catch (InvocationTargetException unknown) {
            log.debug("this system has no SIGHUP, or the JVM keeps it for itself", unknown);
        } catch (ReflectiveOperationException e) {
            log.debug("this JVM has no handlers of signals", e);
        }
        return false;
    }
}
