package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.Monitor;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"vitals monitor " + Monitor.version()};
    }
}
