/** The operator's services file: its targets, its problems, and the changes that it makes. */
@NullMarked
package dev.vitals.health.monitor.file;

import org.jspecify.annotations.NullMarked;
