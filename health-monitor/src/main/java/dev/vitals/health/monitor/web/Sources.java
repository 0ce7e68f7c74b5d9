package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.probe.PushReports;

/**
 * Where targets come from beside registrations, and who looks at them out of turn.
 *
 * @param file the operator's file
 * @param hosts the checks of hosts
 * @param pushes who takes the reports of apps
 * @param doctor who runs a check now
 */
public record Sources(FileSource file, HostChecks hosts, PushReports pushes, Diagnosis doctor) {}
