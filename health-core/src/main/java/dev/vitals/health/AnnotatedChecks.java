package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the annotated methods of an instance. All reflection except the call itself happens here, once. */
final class AnnotatedChecks {
    private static final Set<Class<?>> RESULTS = Set.of(void.class, boolean.class, Boolean.class, Outcome.class);

    private AnnotatedChecks() {}

    /** Returns the checks of the instance's class and its superclasses, ordered by the names of the methods. */
    static List<CheckDefinition> of(Object instance) {
        List<CheckDefinition> found = new ArrayList<>();
        for (Class<?> type = instance.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Check.class) && !method.isBridge())
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> found.add(definition(instance, method)));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("instance must have a method annotated with @Check, was of "
                    + instance.getClass().getName());
        }
        return found;
    }

    private static CheckDefinition definition(Object instance, Method method) {
        String place = method.getDeclaringClass().getName() + "." + method.getName() + ": ";
        checkSignature(method, place);
        Check check = method.getAnnotation(Check.class);
        try {
            return CheckDefinition.of(
                    check.name(),
                    call(instance, method),
                    options -> options.interval(DurationText.parse("interval", check.interval()))
                            .timeout(DurationText.parse("timeout", check.timeout()))
                            .failureThreshold(check.failureThreshold())
                            .successThreshold(check.successThreshold())
                            .groups(check.groups())
                            .critical(check.critical()));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(place + refused.getMessage(), refused);
        }
    }

    private static void checkSignature(Method method, String place) {
        if (method.getParameterCount() > 0) {
            throw new IllegalArgumentException(place + "must have no parameters, has " + method.getParameterCount());
        }
        if (!RESULTS.contains(method.getReturnType())) {
            throw new IllegalArgumentException(place + "must return void, boolean or Outcome, returns "
                    + method.getReturnType().getName());
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException(place + "must not be static");
        }
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException | SecurityException closed) {
            throw new IllegalArgumentException(
                    place + "must be accessible: open its package to dev.vitals.health", closed);
        }
    }

    private static HealthCheck call(Object instance, Method method) {
        return () -> {
            try {
                return outcome(method.invoke(instance), method);
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof Exception exception) {
                    throw exception;
                }
                throw (Error) thrown.getCause();
            }
        };
    }

    private static Outcome outcome(Object returned, Method method) {
        if (returned instanceof Outcome outcome) {
            return outcome;
        }
        if (returned instanceof Boolean passed) {
            return passed ? Outcome.ok() : Outcome.error(method.getName().toLowerCase(Locale.ROOT) + " returned false");
        }
        return method.getReturnType() == void.class ? Outcome.ok() : Outcome.error("returned no outcome");
    }
}
