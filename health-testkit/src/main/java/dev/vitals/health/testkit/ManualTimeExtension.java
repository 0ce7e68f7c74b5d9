package dev.vitals.health.testkit;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has such a parameter a new {@link ManualScheduler}, and closes it after the test:
 * {@code @ExtendWith(ManualTimeExtension.class)}.
 */
public final class ManualTimeExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ManualTimeExtension.class);

    /** JUnit creates it. */
    public ManualTimeExtension() {}

    /** JUnit closes it together with the test's store. */
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

    // computeIfAbsent, which replaces the deprecated method, came with JUnit 6; this works with JUnit 5.14 and 6 alike.
    @SuppressWarnings("deprecation")
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        ExtensionContext.Store store = test.getStore(NAMESPACE);
        return Objects.requireNonNull(
                        store.getOrComputeIfAbsent("time", key -> new Closing(new ManualScheduler()), Closing.class))
                .time();
    }
}
