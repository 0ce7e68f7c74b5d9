package dev.vitals.health.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands each test that asks for one a {@link ManualScheduler} of its own, and stops it after the test:
 * {@code @ExtendWith(ManualTimeExtension.class)}.
 */
public final class ManualTimeExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ManualTimeExtension.class);

    /** Made by JUnit. */
    public ManualTimeExtension() {}

    /** Closed by JUnit when the test's store is. */
    private record Closing(ManualScheduler time) implements AutoCloseable {
        @Override
        public void close() {
            time.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == ManualScheduler.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent("time", key -> new Closing(new ManualScheduler()), Closing.class)
                .time();
    }
}
