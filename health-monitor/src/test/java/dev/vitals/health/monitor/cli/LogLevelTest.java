package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration of the log, with what the options of {@code serve} set. */
class LogLevelTest {
    private static Level level(Map<String, String> properties, String logger) throws JoranException {
        LoggerContext context = new LoggerContext();
        properties.forEach(context::putProperty);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogLevelTest.class.getResource("/logback-monitor.xml"));
        return context.getLogger(logger).getEffectiveLevel();
    }

    @Test
    void isInfoUnlessMoreIsAskedFor() throws JoranException {
        assertThat(level(Map.of(), "dev.vitals.health.monitor.poll")).isEqualTo(Level.INFO);
        assertThat(level(Map.of(), "io.netty")).isEqualTo(Level.INFO);
        assertThat(level(Map.of(), "com.zaxxer.hikari")).isEqualTo(Level.WARN);
    }

    @Test
    void verboseIsOurOwnDebug() throws JoranException {
        Map<String, String> verbose = Map.of("vitals.log", "DEBUG");
        assertThat(level(verbose, "dev.vitals.health.monitor.poll")).isEqualTo(Level.DEBUG);
        assertThat(level(verbose, "io.netty")).isEqualTo(Level.INFO);
    }

    @Test
    void debugIsThatOfTheLibrariesToo() throws JoranException {
        Map<String, String> debug =
                Map.of("vitals.log", "DEBUG", "vitals.log.libraries", "DEBUG", "vitals.log.quiet", "INFO");
        assertThat(level(debug, "io.netty")).isEqualTo(Level.DEBUG);
        assertThat(level(debug, "com.zaxxer.hikari")).isEqualTo(Level.INFO);
        assertThat(level(debug, "org.eclipse.jetty"))
                .as("it would log the headers of requests")
                .isEqualTo(Level.WARN);
    }
}
